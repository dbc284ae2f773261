using System.Net;
using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>All calls of a workload's pods to one address.</summary>
internal sealed class CallLine
{
    public CallLine(EntityRef caller, string address)
    {
        Caller = caller;
        Address = address;
        Host = HostOf(address);
        Name = EntityRef.TryParse(caller.Scope, address, out _) ? address
            : IPAddress.TryParse(Host, out _) ? Host
            : Host.Split('.')[0];
    }

    public EntityRef Caller { get; }

    public string Address { get; }

    /// <summary>The address without protocol and port.</summary>
    public string Host { get; }

    /// <summary>What of the address decides where it leads: the entity, IP address, or name of a service or
    /// workload.</summary>
    public string Name { get; }

    /// <summary>Calls on it.</summary>
    public int Uses { get; set; }

    /// <summary>What is behind the address.</summary>
    public EntityRef[] Callees { get; set; } = [];

    private static string HostOf(string address)
    {
        var protocol = address.IndexOf("://", StringComparison.Ordinal);
        var host = protocol >= 0 ? address[(protocol + 3)..] : address;
        var colon = host.LastIndexOf(':');
        return colon > 0 && host.IndexOf(':', StringComparison.Ordinal) == colon ? host[..colon] : host;
    }
}
