using Microsoft.Extensions.Options;

namespace CaaS.Ingest.Runtime.Sources.Cadvisor;

/// <summary>Checks of <see cref="CadvisorOptions"/> that concern several keys.</summary>
internal sealed class CadvisorOptionsCheck : IValidateOptions<CadvisorOptions>
{
    public ValidateOptionsResult Validate(string? name, CadvisorOptions options) =>
        options.ScrapeTimeout > options.ScrapeInterval
            ? ValidateOptionsResult.Fail($"{CadvisorOptions.Section}:ScrapeTimeout must not be longer than ScrapeInterval.")
            : ValidateOptionsResult.Success;
}
