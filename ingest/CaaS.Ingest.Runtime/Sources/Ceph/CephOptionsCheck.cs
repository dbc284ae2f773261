using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace CaaS.Ingest.Runtime.Sources.Ceph;

/// <summary>Checks of <see cref="CephOptions"/> that concern several keys, addresses or files.</summary>
internal sealed class CephOptionsCheck : IValidateOptions<CephOptions>
{
    public ValidateOptionsResult Validate(string? name, CephOptions options)
    {
        var wrong = Addresses("Dashboards", options.Dashboards).Concat(Addresses("Metrics", options.Metrics)).ToList();
        if (options.ScrapeTimeout > options.ScrapeInterval)
        {
            wrong.Add($"{CephOptions.Section}:ScrapeTimeout must not be longer than ScrapeInterval.");
        }

        if (options.Dashboards.Count > 0 && options.User.Length == 0)
        {
            wrong.Add($"{CephOptions.Section}:User is needed to read a dashboard.");
        }

        if (options.Dashboards.Count > 0 && !File.Exists(options.PasswordFile))
        {
            wrong.Add($"{CephOptions.Section}:PasswordFile: there is no file '{options.PasswordFile}'.");
        }

        if (options.CertificateFile.Length > 0 && !HoldsCertificates(options.CertificateFile))
        {
            wrong.Add($"{CephOptions.Section}:CertificateFile: '{options.CertificateFile}' holds no certificate in PEM.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Addresses(string key, IList<string> addresses)
    {
        for (var index = 0; index < addresses.Count; index++)
        {
            if (!Uri.TryCreate(addresses[index], UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            {
                yield return $"{CephOptions.Section}:{key}:{index} must be an absolute http address.";
            }
        }
    }

    private static bool HoldsCertificates(string file)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(file);
            return certificates.Count > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return false;
        }
    }
}
