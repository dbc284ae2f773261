using CaaS.Client;
using CaaS.Client.Wire;
using CaaS.Web.Charts;
using CaaS.Web.Components;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Pages;

/// <summary>One incident: the verdict, its causes with their evidence, what was done, and what can be done.</summary>
public sealed partial class IncidentPage
{
    private const int MaxSymptomsShown = 30;
    private const int MaxCharts = 6;

    private Incident? _incident;
    private AlertDetail? _alert;
    private IReadOnlyList<Operation> _operations = [];
    private IReadOnlyList<TimelineEntry> _timeline = [];
    private IReadOnlyList<ChartModel> _charts = [];
    private DateTimeOffset _now;
    private int _openRank = 1;
    private string? _comment;
    private SilenceDialog? _silence;

    /// <summary>Id of the incident.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CaaSClient client)
    {
        _now = Time.GetUtcNow();
        _incident = await client.IncidentAsync(Id, Cancel);
        if (_incident is null)
        {
            return;
        }

        _alert = await client.AlertAsync(Id, Cancel);
        _operations = await client.OperationsAsync(Id, 20, Cancel);
        _timeline = Merge(_incident.Timeline, _operations);
        await LoadChartsAsync(client, _incident);
    }

    /// <inheritdoc/>
    protected override bool Concerns(FeedEvent change) => change.Id == Id || change.Kind == FeedKind.Operation;

    /// <inheritdoc/>
    protected override Task KeyAsync(string key) => key switch
    {
        "a" when IsOperator => AcknowledgeAsync(),
        "s" when IsOperator => OpenSilenceAsync(),
        "e" when IsOperator => ResolveAsync(),
        "u" => LeaveAsync(),
        _ => Task.CompletedTask,
    };

    private static IReadOnlyList<TimelineEntry> Merge(
        IReadOnlyList<TimelineEntry> timeline, IReadOnlyList<Operation> operations) =>
    [
        .. timeline.Concat(operations.SelectMany(operation => operation.History.Select(step =>
            new TimelineEntry(step.Time, "operation", operation.Target, $"{Words.Of(operation.Kind)} {Words.Of(step.Status)}: {step.Text} ({step.Actor})"))))
            .OrderBy(entry => entry.Time),
    ];

    private async Task LoadChartsAsync(CaaSClient client, Incident incident)
    {
        var evidence = incident.Hypotheses.FirstOrDefault(cause => cause.Rank == _openRank)?.Evidence ?? [];
        var window = ChartWindow.Around(incident.Onset, incident.ResolvedAt ?? _now);
        var marks = incident.Timeline.Where(entry => entry.Lane == "change").Select(entry => entry.Time).ToArray();
        var charts = new List<ChartModel>();
        foreach (var item in evidence.Where(item => item.Signal.Length > 0).DistinctBy(item => (item.Entity, item.Signal)).Take(MaxCharts))
        {
            var filter = new SeriesFilter
            {
                From = window.From,
                To = window.To,
                Entity = item.Entity,
                Metric = item.Signal,
                Labels = item.Labels,
                Limit = 4,
            };
            var series = await client.RangeAsync(filter, window.Step, Aggregate.Average, Cancel);
            charts.Add(ChartModel.Of(item, series, window, incident.Onset, marks));
        }

        _charts = charts;
    }

    private async Task Toggle(int rank)
    {
        _openRank = _openRank == rank ? 0 : rank;
        if (_openRank > 0 && _incident is not null)
        {
            await LoadChartsAsync(await User.GetAsync(), _incident);
        }
    }

    private Task AcknowledgeAsync() => SendAsync(client => client.AcknowledgeAsync(Id, Cancel));

    private Task ResolveAsync() => SendAsync(client => client.ResolveAsync(Id, Cancel));

    private Task ApproveAsync(string operation) => SendAsync(client => client.ApproveAsync(operation, Cancel));

    private Task RejectAsync((string Operation, string Reason) refusal) =>
        SendAsync(client => client.RejectAsync(refusal.Operation, refusal.Reason, Cancel));

    private Task SilenceAsync(SilenceRequest request) => SendAsync(client => client.SilenceAsync(request, Cancel));

    private async Task OpenSilenceAsync()
    {
        if (_silence is not null && _incident is not null)
        {
            await _silence.OpenAsync(Id, _incident.Title);
        }
    }

    private async Task CommentAsync()
    {
        var text = _comment?.Trim() ?? "";
        _comment = null;
        await SendAsync(client => client.CommentAsync(Id, text, Cancel));
    }

    private Task LeaveAsync()
    {
        Navigation.NavigateTo("/");
        return Task.CompletedTask;
    }
}
