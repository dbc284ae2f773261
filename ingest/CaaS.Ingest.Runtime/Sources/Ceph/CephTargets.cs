using CaaS.Ingest.Ceph;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Runtime.Scraping;
using CaaS.Signals;

namespace CaaS.Ingest.Runtime.Sources.Ceph;

/// <summary>The managers to scrape.</summary>
internal static class CephTargets
{
    /// <summary>Makes the targets, which never change.</summary>
    public static ScrapeTarget[] Of(CephOptions options, Scope scope)
    {
        var filter = new MetricFilter(CephOptions.DefaultKeepMetrics.Concat(options.KeepMetrics), options.DropMetrics, []);
        var cluster = new EntityRef(scope, EntityRef.NoNamespace, EntityKinds.CephCluster, options.Name);
        return [.. options.Metrics.Select(text => new Uri(text)).Select(address => new ScrapeTarget(
            address.ToString(),
            address,
            cluster,
            [new Label("instance", address.Authority)],
            () => new CephSeriesMapper(scope, options.Name, filter)))];
    }
}
