-- ends with E115
require "/etc/passwd"
