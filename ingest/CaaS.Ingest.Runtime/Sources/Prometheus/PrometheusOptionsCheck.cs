using CaaS.Signals;
using Microsoft.Extensions.Options;

namespace CaaS.Ingest.Runtime.Sources.Prometheus;

/// <summary>Checks of <see cref="PrometheusOptions"/> that concern several keys, or the inside of one.</summary>
internal sealed class PrometheusOptionsCheck : IValidateOptions<PrometheusOptions>
{
    public ValidateOptionsResult Validate(string? name, PrometheusOptions options)
    {
        var wrong = new List<string>();
        if (options.ScrapeTimeout > options.ScrapeInterval)
        {
            wrong.Add($"{PrometheusOptions.Section}:ScrapeTimeout must not be longer than ScrapeInterval.");
        }

        for (var index = 0; index < options.Targets.Count; index++)
        {
            var target = options.Targets[index];
            if (!Uri.TryCreate(target.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            {
                wrong.Add($"{PrometheusOptions.Section}:Targets:{index}:Url must be an absolute http address.");
            }

            if (target.Entity.Length > 0 && !EntityRef.TryParse(Scope.Default, target.Entity, out _))
            {
                wrong.Add($"{PrometheusOptions.Section}:Targets:{index}:Entity must be namespace/Kind/name.");
            }
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
