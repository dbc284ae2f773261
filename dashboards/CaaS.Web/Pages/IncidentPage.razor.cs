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
    private const int MaxCauses = 20;
    private const int MaxReasons = 2; // What decides, of why a cause was ruled out.
    private const int MaxNames = 5;
    private const int MaxSaid = 50;
    private const int MaxError = 300;
    private const int MaxOperations = 20;
    private const int MaxKnown = 3; // Who reads it has no time for more.

    private Incident? _incident;
    private AlertDetail? _alert;
    private IReadOnlyList<Operation> _operations = [];
    private IReadOnlyList<SimilarIncident> _similar = [];
    private IReadOnlyList<DocumentMatch> _documents = [];
    private IReadOnlyList<Feedback> _said = [];
    private IReadOnlyList<TimelineEntry> _timeline = [];
    private IReadOnlyList<ChartModel> _charts = [];
    private DateTimeOffset _now;
    private string? _loadedId;
    private (string Entity, string FaultClass)? _opened; // What it is, not its rank: a new ranking does not open another.
    private bool _isClosed;
    private string? _comment;
    private SilenceDialog? _silence;

    /// <summary>Id of the incident.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    private Hypothesis? Opened => _isClosed || _incident is not { } incident
        ? null
        : incident.Hypotheses.FirstOrDefault(cause => (cause.Entity, cause.FaultClass) == _opened)
            ?? (incident.Hypotheses is [var first, ..] ? first : null);

    private bool IsLive => _alert is { Alert.Status: not AlertStatus.Resolved };

    /// <inheritdoc/>
    protected override async Task LoadAsync(CaaSClient client)
    {
        var id = Id;
        var incident = await client.IncidentAsync(id, Cancel);
        var alert = await client.AlertAsync(id, Cancel);
        var operations = await client.OperationsAsync(id, MaxOperations, Cancel);
        var similar = await client.SimilarIncidentsAsync(id, MaxKnown, Cancel);
        var documents = await client.IncidentDocumentsAsync(id, MaxKnown, Cancel);
        var said = await client.FeedbackAsync(id, Cancel);

        // Shown together or not at all: keys and buttons act on what is seen.
        (_incident, _alert, _operations, _loadedId, _now) = (incident, alert, operations, id, Time.GetUtcNow());
        (_similar, _documents, _said) = (similar, documents, said);
        _timeline = Merge(incident?.Timeline ?? [], operations);
        await LoadChartsAsync(client);
    }

    /// <inheritdoc/>
    protected override bool Concerns(FeedEvent? change) =>
        change is null or { Kind: FeedKind.Operation or FeedKind.Notification } || change.Id == Id;

    /// <inheritdoc/>
    protected override Task KeyAsync(string key) => key switch
    {
        "a" when IsOperator && _alert is { Alert.Status: AlertStatus.Open } => AcknowledgeAsync(),
        "s" when IsOperator && IsLive => OpenSilenceAsync(),
        "e" when IsOperator && IsLive => ResolveAsync(),
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

    private async Task LoadChartsAsync(CaaSClient client)
    {
        if (_incident is not { } incident || Opened is not { } cause)
        {
            _charts = [];
            return;
        }

        var window = ChartWindow.Around(incident.Onset, incident.ResolvedAt ?? _now);
        var marks = incident.Timeline.Where(entry => entry.Lane == "change").Select(entry => entry.Time).ToArray();
        var charts = new List<ChartModel>();
        foreach (var item in cause.Evidence.Where(item => item.Signal.Length > 0).DistinctBy(item => (item.Entity, item.Signal)).Take(MaxCharts))
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

    private Task ToggleAsync(Hypothesis cause)
    {
        _isClosed = cause == Opened;
        _opened = (cause.Entity, cause.FaultClass);
        return LoadAsync();
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

    private Task JudgeAsync(FeedbackRequest feedback) => SendAsync(client => client.GiveFeedbackAsync(Id, feedback, Cancel));

    private async Task CommentAsync()
    {
        var text = _comment?.Trim() ?? "";
        await SendAsync(client => client.CommentAsync(Id, text, Cancel));
        if (Answer is { State: not OutcomeState.Refused })
        {
            _comment = null;
        }
    }

    private Task LeaveAsync()
    {
        Navigation.NavigateTo("/");
        return Task.CompletedTask;
    }
}
