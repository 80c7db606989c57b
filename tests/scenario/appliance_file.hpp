// The shortest CloudConnector.ini that is complete, to be spoiled by tests.

#pragma once

#include <string>

namespace tests::scenario {

inline const std::string appliance_file =
    "[Common]\n"  // 1
    "VirtualMachineDomain=cce.contoso.local\n"
    "ServerName=ams-ad1\n"
    "IP=10.20.0.31\n"
    "SIPDomains=contoso.com emea.contoso.com\n"  // 5
    "SiteName=Amsterdam\n"
    "HardwareType=Normal\n"
    "City=Amsterdam\n"
    "[Network]\n"
    "CorpnetIPPrefixLength=24\n"  // 10
    "CorpnetDefaultGateway=10.20.0.1\n"
    "ManagementIPPrefix=192.168.213.0\n"
    "ManagementIPPrefixLength=24\n"
    "[PrimaryCMS]\n"
    "ServerName=ams-cms1\n"  // 15
    "IP=10.20.0.41\n"
    "[MediationServer]\n"
    "ServerName=ams-ms1\n"
    "IP=10.20.0.51\n"
    "PortRange=49152-57500\n"  // 20
    "[EdgeServer]\n"
    "InternalServerName=ams-edge1\n"
    "InternalServerIPs=10.20.0.61\n"
    "ExternalSIPPoolName=ams\n"
    "ExternalSIPIPs=198.51.100.2\n"  // 25
    "[Gateway1]\n"
    "FQDN=sbc1.ams.contoso.com\n"
    "IP=10.20.0.81\n"
    "[Gateway2]\n"
    "IP=10.20.0.82\n"  // 30
    "Port=5061\n"
    "[TrunkConfiguration]\n"
    "EnableFastFailoverTimer=true\n";

}  // namespace tests::scenario
