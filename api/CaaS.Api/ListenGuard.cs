using System.Net;

namespace CaaS.Api;

/// <summary>Refuses to listen where tokens would travel in the clear.</summary>
public static class ListenGuard
{
    /// <summary>Judges the addresses a server is about to listen on.</summary>
    /// <param name="urls">Addresses as given to the server, joined by semicolons or one an entry.</param>
    /// <param name="isBehindProxy">True when a proxy in front ends TLS.</param>
    /// <returns>One message an address that is refused, each naming the keys that help; empty when all are
    /// fine.</returns>
    public static IReadOnlyList<string> Refusals(IEnumerable<string> urls, bool isBehindProxy)
    {
        var refusals = new List<string>();
        var split = urls.SelectMany(url => url.Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        foreach (var url in split)
        {
            // The server takes * and + for "any address"; an address parser does not.
            var plain = url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal)
                .Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
            if (!Uri.TryCreate(plain, UriKind.Absolute, out var address))
            {
                refusals.Add($"'{url}' (urls) is not an address such as http://127.0.0.1:8080.");
            }
            else if (address.Scheme == Uri.UriSchemeHttp && !IsLoopback(address) && !isBehindProxy)
            {
                refusals.Add(
                    $"'{url}' (urls) would carry tokens in the clear beyond this machine. Listen on 127.0.0.1, use "
                    + "https (Kestrel:Certificates:Default:Path and :KeyPath), or set Api:BehindProxy=true when a "
                    + "proxy in front ends TLS.");
            }
        }

        return refusals;
    }

    private static bool IsLoopback(Uri address) =>
        string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
