using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CaaS.Ingest.Runtime.Sources.Ceph;

/// <summary>Decides whether a manager is the one meant: Ceph makes its dashboards' certificates itself, without the
/// host's name.</summary>
internal static class CephTrust
{
    /// <summary>Makes the HTTP client of dashboards and metrics.</summary>
    /// <param name="certificateFile">PEM file of what to trust besides the machine's authorities; may be empty.</param>
    /// <returns>The client: no proxy, and no redirects to where a manager that stands by points.</returns>
    public static HttpClient Client(string certificateFile)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 4,
            MaxResponseHeadersLength = 64,
        };
        if (certificateFile.Length > 0)
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(certificateFile);
            handler.SslOptions.RemoteCertificateValidationCallback =
                (_, certificate, _, errors) => IsTrusted(trusted, certificate as X509Certificate2, errors);
        }

        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>True for what the machine trusts, for a certificate that is in the file, and for one of the right name
    /// that an authority of the file signed.</summary>
    private static bool IsTrusted(X509Certificate2Collection trusted, X509Certificate2? certificate, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None || certificate is null)
        {
            return errors == SslPolicyErrors.None;
        }

        if (trusted.Any(known => known.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)))
        {
            return true;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && chain.Build(certificate);
    }
}
