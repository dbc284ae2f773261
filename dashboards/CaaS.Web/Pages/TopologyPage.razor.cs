using System.Globalization;
using CaaS.Client;
using CaaS.Client.Wire;
using CaaS.Web.Charts;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Pages;

/// <summary>The live graph: what calls what, what runs where, and what is abnormal.</summary>
public sealed partial class TopologyPage
{
    private const int MaxRows = 500;
    private const int MaxPods = 10;

    private TopologyMap _map = TopologyMap.Of([], [], []);
    private IReadOnlyList<GraphNode> _shown = [];
    private IReadOnlyList<string> _namespaces = [];
    private Incident? _incident;

    /// <summary>Namespace shown, or empty for all.</summary>
    [SupplyParameterFromQuery(Name = "namespace")]
    public string? Namespace { get; set; }

    /// <summary>Incident whose first cause's path is marked, or empty for none.</summary>
    [SupplyParameterFromQuery(Name = "incident")]
    public string? IncidentId { get; set; }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CaaSClient client)
    {
        var graph = await client.TopologyAsync(Cancel);
        _incident = string.IsNullOrEmpty(IncidentId) ? null : await client.IncidentAsync(IncidentId, Cancel);
        var path = _incident is { Hypotheses: [var cause, ..] } ? cause.Path : [];
        _namespaces = [.. graph.Nodes.Select(node => node.Entity.Split('/')[0]).Where(name => name != "-").Distinct().Order(StringComparer.Ordinal)];
        _shown = [.. graph.Nodes.Where(node => IsIn(Namespace, node.Entity) || path.Contains(node.Entity))];
        _map = TopologyMap.Of(_shown, graph.Edges, path);
    }

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static bool IsIn(string? name, string entity) =>
        string.IsNullOrEmpty(name)
        || entity.StartsWith(name + "/", StringComparison.Ordinal)
        || entity.StartsWith("-/Node/", StringComparison.Ordinal);

    private void Choose(ChangeEventArgs change) => Navigation.NavigateTo(
        $"/topology?namespace={Uri.EscapeDataString(change.Value as string ?? "")}"
        + (string.IsNullOrEmpty(IncidentId) ? "" : $"&incident={Uri.EscapeDataString(IncidentId)}"));
}
