using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CaaS.Host;

/// <summary>Where this process listens.</summary>
internal static class Addresses
{
    /// <summary>An address at which the process reaches itself.</summary>
    /// <param name="services">Container of a started application.</param>
    /// <returns>The first address it listens on, on loopback where it listens on all.</returns>
    public static Uri Own(IServiceProvider services)
    {
        var address = BindingAddress.Parse(services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The server does not listen yet."));
        var isAny = address.Host is "*" or "+" || (IPAddress.TryParse(address.Host, out var ip)
            && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));
        return new UriBuilder(address.Scheme, isAny ? IPAddress.Loopback.ToString() : address.Host, address.Port).Uri;
    }
}
