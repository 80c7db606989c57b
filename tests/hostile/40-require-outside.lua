-- ends with E115
require "..secret"
