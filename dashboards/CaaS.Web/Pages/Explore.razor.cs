using System.Globalization;
using CaaS.Client;
using CaaS.Client.Wire;
using CaaS.Web.Charts;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Pages;

/// <summary>History of one entity: metrics, logs, events, changes.</summary>
public sealed partial class Explore
{
    private const int MaxCharts = 24;
    private const int MaxLines = 200;
    private const int MaxLineLength = 2000;
    private const int MaxEntities = 1000;
    private const int MaxMinutes = 43_200; // Thirty days: more than is kept by default.

    private IReadOnlyList<string> _entities = [];
    private IReadOnlyList<ChartModel> _charts = [];
    private IReadOnlyList<LogLine> _logs = [];
    private IReadOnlyList<EventLine> _events = [];
    private IReadOnlyList<ChangeLine> _changes = [];
    private int _seriesLeftOut;
    private string? _entity;
    private string? _text;
    private int _minutes = 15;

    /// <summary>Entity shown.</summary>
    [SupplyParameterFromQuery(Name = "entity")]
    public string? Entity { get; set; }

    /// <summary>Minutes back from now.</summary>
    [SupplyParameterFromQuery(Name = "minutes")]
    public string? MinutesQuery { get; set; }

    /// <summary>Text searched for.</summary>
    [SupplyParameterFromQuery(Name = "text")]
    public string? Text { get; set; }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CaaSClient client)
    {
        (_entity, _text) = (Entity, Text);
        if (int.TryParse(MinutesQuery, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
        {
            _minutes = Math.Clamp(minutes, 1, MaxMinutes);
        }

        _entities = [.. (await client.TopologyAsync(Cancel)).Nodes.Select(node => node.Entity).Order(StringComparer.Ordinal).Take(MaxEntities)];
        if (string.IsNullOrEmpty(Entity))
        {
            return;
        }

        var to = Time.GetUtcNow();
        var window = new ChartWindow(to.AddMinutes(-_minutes), to, TimeSpan.FromSeconds(Math.Max(5, _minutes * 60 / 180)));
        await LoadSeriesAsync(client, Entity, window);
        var filter = new TextFilter { From = window.From, To = window.To, Entity = Entity, Text = Text ?? "", Limit = MaxLines };
        _logs = await client.LogsAsync(filter, Cancel);
        _events = await client.EventsAsync(filter, Cancel);
        _changes = await client.ChangesAsync(filter, Cancel);
    }

    /// <inheritdoc/>
    protected override bool Concerns(FeedEvent? change) => false;

    private async Task LoadSeriesAsync(CaaSClient client, string entity, ChartWindow window)
    {
        var all = await client.SeriesAsync(new SeriesFilter { From = window.From, To = window.To, Entity = entity, Limit = 1000 }, Cancel);
        var metrics = all.Where(series => series.Kind != "bucket").GroupBy(series => (series.Metric, series.Kind)).OrderBy(group => group.Key.Metric, StringComparer.Ordinal).ToArray();
        _seriesLeftOut = Math.Max(0, metrics.Length - MaxCharts);
        var charts = new List<ChartModel>();
        foreach (var metric in metrics.Take(MaxCharts))
        {
            var filter = new SeriesFilter { From = window.From, To = window.To, Entity = entity, Metric = metric.Key.Metric, Limit = 8 };
            var isCounter = metric.Key.Kind == "counter";
            var points = await client.RangeAsync(filter, window.Step, isCounter ? Aggregate.Rate : Aggregate.Average, Cancel);
            var shown = new Evidence(EvidenceKind.Metric, entity, window.From, "as measured", 0, isCounter ? $"{metric.Key.Metric} per second" : metric.Key.Metric, [], null, null);
            charts.Add(ChartModel.Of(shown, points, window, null, []));
        }

        _charts = charts;
    }

    private void Ask() => Navigation.NavigateTo(string.Create(
        CultureInfo.InvariantCulture,
        $"/explore?entity={Uri.EscapeDataString(_entity ?? "")}&minutes={_minutes}&text={Uri.EscapeDataString(_text ?? "")}"));
}
