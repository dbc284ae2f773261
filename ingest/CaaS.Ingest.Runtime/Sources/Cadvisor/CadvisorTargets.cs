using CaaS.Ingest.Cadvisor;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Runtime.Scraping;
using CaaS.Signals;

namespace CaaS.Ingest.Runtime.Sources.Cadvisor;

/// <summary>Finds the nodes to scrape: all, through the API server, so that no node's port need be reachable.</summary>
internal sealed class CadvisorTargets
{
    private readonly MetricFilter _filter;
    private readonly Func<OwnerIndex> _owners;
    private readonly Scope _scope;

    public CadvisorTargets(CadvisorOptions options, Scope scope, Func<OwnerIndex> owners)
    {
        _filter = new MetricFilter(
            CadvisorOptions.DefaultKeepMetrics.Concat(options.KeepMetrics), options.DropMetrics, options.DropLabels);
        _owners = owners;
        _scope = scope;
    }

    /// <summary>Finds the nodes of this moment; also those that are not ready, whose silence is a fact.</summary>
    /// <returns>Targets in the order of their names.</returns>
    public IEnumerable<ScrapeTarget> Find() => _owners().Nodes
        .OrderBy(node => node.Name, StringComparer.Ordinal)
        .Select(node => new ScrapeTarget(
            node.Name,
            new Uri($"api/v1/nodes/{Uri.EscapeDataString(node.Name)}/proxy/metrics/cadvisor", UriKind.Relative),
            node.Entity,
            [],
            () => new CadvisorMapper(_scope, node.Name, _owners, _filter)));
}
