using System.Globalization;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Prometheus;
using CaaS.Ingest.Runtime.Scraping;
using CaaS.Signals;

namespace CaaS.Ingest.Runtime.Sources.Prometheus;

/// <summary>Finds applications to scrape: pods that ask for it by the usual annotations, and targets named by
/// hand.</summary>
internal sealed class PrometheusTargets
{
    private const string ScrapeAnnotation = "prometheus.io/scrape";
    private const string PortAnnotation = "prometheus.io/port";
    private const string PathAnnotation = "prometheus.io/path";
    private const string SchemeAnnotation = "prometheus.io/scheme";
    private const int DefaultPort = 80;

    private readonly MetricFilter _filter;
    private readonly ScrapeTarget[] _static;

    public PrometheusTargets(PrometheusOptions options, Scope scope)
    {
        var useDefaults = options.UseDefaultDropLists;
        _filter = new MetricFilter(
            options.KeepMetrics,
            options.DropMetrics.Concat(useDefaults ? PrometheusOptions.DefaultDropMetrics : []),
            options.DropLabels.Concat(useDefaults ? PrometheusOptions.DefaultDropLabels : []));
        _static = [.. options.Targets.Select(target => Static(target, scope))];
    }

    /// <summary>Finds the targets of this moment.</summary>
    /// <param name="index">Who lives in the cluster.</param>
    /// <returns>Targets in the order of their keys.</returns>
    public IEnumerable<ScrapeTarget> Find(OwnerIndex index) => index.Pods
        .Select(OfPod)
        .OfType<ScrapeTarget>()
        .OrderBy(target => target.Key, StringComparer.Ordinal)
        .Concat(_static);

    private ScrapeTarget? OfPod(PodRecord pod)
    {
        var annotations = pod.Annotations;
        if (pod.Phase != "Running" || pod.Ip.Length == 0 || annotations.GetValueOrDefault(ScrapeAnnotation) != "true")
        {
            return null;
        }

        var scheme = annotations.GetValueOrDefault(SchemeAnnotation) == "https" ? "https" : "http";
        var path = annotations.GetValueOrDefault(PathAnnotation, "/metrics");
        var hasPort = int.TryParse(
            annotations.GetValueOrDefault(PortAnnotation), NumberStyles.None, CultureInfo.InvariantCulture, out var port);
        port = hasPort && port is > 0 and < 65536 ? port : DefaultPort;
        var host = pod.Ip.Contains(':', StringComparison.Ordinal) ? $"[{pod.Ip}]" : pod.Ip;
        var text = string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{port}/{path.TrimStart('/')}");
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Host.Length > 0
            ? Target($"{pod.Uid} {pod.Owner} {text}", address, pod.Owner, [new Label(SeriesKey.PodLabel, pod.Name)])
            : null;
    }

    private ScrapeTarget Static(StaticTargetOptions options, Scope scope)
    {
        var address = new Uri(options.Url);
        var entity = EntityRef.TryParse(scope, options.Entity, out var named)
            ? named
            : new EntityRef(scope, EntityRef.NoNamespace, EntityKinds.External, address.Authority);
        return Target(options.Url, address, entity, []);
    }

    private ScrapeTarget Target(string key, Uri address, EntityRef entity, Label[] labels) =>
        new(key, address, entity, [.. labels], () => new ApplicationMapper(entity, labels, _filter));
}
