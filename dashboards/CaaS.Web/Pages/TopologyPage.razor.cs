using System.Globalization;
using CaaS.Client;
using CaaS.Client.Wire;
using CaaS.Web.Charts;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Pages;

/// <summary>The live graph: what calls what, what runs where, and what is abnormal.</summary>
public sealed partial class TopologyPage
{
    private TopologyMap _map = TopologyMap.Of([], []);
    private IReadOnlyList<GraphNode> _shown = [];
    private IReadOnlyList<string> _namespaces = [];

    /// <summary>Namespace shown, or empty for all.</summary>
    [SupplyParameterFromQuery(Name = "namespace")]
    public string? Namespace { get; set; }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CaaSClient client)
    {
        var graph = await client.TopologyAsync(Cancel);
        _namespaces = [.. graph.Nodes.Select(node => node.Entity.Split('/')[0]).Where(name => name != "-").Distinct().Order(StringComparer.Ordinal)];
        _shown = [.. graph.Nodes.Where(node => string.IsNullOrEmpty(Namespace) || node.Entity.StartsWith(Namespace + "/", StringComparison.Ordinal) || node.Entity.StartsWith("-/Node/", StringComparison.Ordinal))];
        _map = TopologyMap.Of(_shown, graph.Edges);
    }

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private void ChooseAsync(ChangeEventArgs change) =>
        Navigation.NavigateTo($"/topology?namespace={Uri.EscapeDataString(change.Value as string ?? "")}");
}
