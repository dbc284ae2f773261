using System.Globalization;
using CaaS.Client;
using CaaS.Client.Wire;
using CaaS.Web.Charts;
using CaaS.Web.Components;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Pages;

/// <summary>The live graph: what calls what, what runs where, and what is abnormal.</summary>
public sealed partial class TopologyPage
{
    private const int MaxRows = 500;
    private const int MaxPods = 10;
    private const string BeforeIncident = "before";

    /// <summary>Two folded graphs are costly to compare, and what changed is read, not watched.</summary>
    private static readonly TimeSpan DiffLasts = TimeSpan.FromSeconds(30);

    /// <summary>How long before an incident's onset "before it" is: a change needs a while to hurt.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromMinutes(5);

    private static readonly (string Value, string Text, TimeSpan Back)[] Spans =
    [
        ("15m", "against 15 minutes ago", TimeSpan.FromMinutes(15)), ("1h", "against an hour ago", TimeSpan.FromHours(1)),
        ("6h", "against 6 hours ago", TimeSpan.FromHours(6)), ("24h", "against a day ago", TimeSpan.FromDays(1)),
    ];

    private TopologyMap _map = TopologyMap.Of([], [], []);
    private IReadOnlyList<GraphNode> _shown = [];
    private IReadOnlyList<string> _namespaces = [];
    private Incident? _incident;
    private GraphDiff? _diff;
    private string? _diffOf;
    private DateTimeOffset _diffAt;

    /// <summary>Namespace shown, or empty for all.</summary>
    [SupplyParameterFromQuery(Name = "namespace")]
    public string? Namespace { get; set; }

    /// <summary>Incident whose first cause's path is marked, or empty for none.</summary>
    [SupplyParameterFromQuery(Name = "incident")]
    public string? IncidentId { get; set; }

    /// <summary>What the graph is compared with: <c>15m</c>, <c>1h</c>, <c>6h</c> or <c>24h</c> ago, <c>before</c> the
    /// incident, or nothing when empty.</summary>
    [SupplyParameterFromQuery(Name = "then")]
    public string? Then { get; set; }

    private IEnumerable<(string Value, string Text)> Choices =>
    [
        ("", "as it is"),
        .. _incident is null ? Array.Empty<(string, string)>() : [(BeforeIncident, "against before the incident")],
        .. Spans.Select(span => (span.Value, span.Text)),
    ];

    /// <inheritdoc/>
    protected override async Task LoadAsync(CaaSClient client)
    {
        var graph = await client.TopologyAsync(Cancel);
        _incident = string.IsNullOrEmpty(IncidentId) ? null : await client.IncidentAsync(IncidentId, Cancel);
        var path = _incident is { Hypotheses: [var cause, ..] } ? cause.Path : [];
        _namespaces = [.. graph.Nodes.Select(node => node.Entity.Split('/')[0]).Where(name => name != "-").Distinct().Order(StringComparer.Ordinal)];
        _shown = [.. graph.Nodes.Where(node => IsIn(Namespace, node.Entity) || path.Contains(node.Entity))];
        await CompareAsync(client, graph.At);
        _map = TopologyMap.Of(_shown, graph.Edges, path, _diff is null ? null : TopologyChanges.Marks(_diff));
    }

    private async Task CompareAsync(CaaSClient client, DateTimeOffset now)
    {
        var asked = $"{Then} {(Then == BeforeIncident ? IncidentId : "")}";
        if (_diffOf == asked && now - _diffAt < DiffLasts)
        {
            return;
        }

        var then = Then == BeforeIncident
            ? _incident?.Onset - Lead
            : Spans.Where(span => span.Value == Then).Select(span => now - span.Back).Cast<DateTimeOffset?>().FirstOrDefault();
        _diff = then is { } from ? await client.TopologyDiffAsync(from, now, Cancel) : null;
        (_diffOf, _diffAt) = (asked, now);
    }

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static bool IsIn(string? name, string entity) =>
        string.IsNullOrEmpty(name)
        || entity.StartsWith(name + "/", StringComparison.Ordinal)
        || entity.StartsWith("-/Node/", StringComparison.Ordinal);

    private void Choose(ChangeEventArgs change) =>
        Navigation.NavigateTo(Address(change.Value as string, IncidentId, Then));

    private void Compare(ChangeEventArgs change) =>
        Navigation.NavigateTo(Address(Namespace, IncidentId, change.Value as string));

    private static string Address(string? name, string? incident, string? then) =>
        $"/topology?namespace={Uri.EscapeDataString(name ?? "")}"
        + (string.IsNullOrEmpty(incident) ? "" : $"&incident={Uri.EscapeDataString(incident)}")
        + (string.IsNullOrEmpty(then) ? "" : $"&then={Uri.EscapeDataString(then)}");
}
