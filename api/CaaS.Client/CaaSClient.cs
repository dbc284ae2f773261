using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CaaS.Client.Wire;

namespace CaaS.Client;

/// <summary>The platform's API, typed.</summary>
/// <param name="http">Connection whose base address is the server's and which carries the credentials.</param>
/// <remarks>
/// Thread-safe as far as the given connection is. Every method throws <see cref="CaaSClientException"/> when the server
/// refuses and <see cref="HttpRequestException"/> when it cannot be reached. What changes something is in CaaSClient.Commands.cs.
/// </remarks>
public sealed partial class CaaSClient(HttpClient http)
{
    private const string Root = "api/v1/";

    /// <summary>Makes a client that authenticates with a token.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="token">A token's or a session's secret; empty for none.</param>
    /// <returns>The client; it owns its connection.</returns>
    public static CaaSClient Connect(Uri server, string token)
    {
        // A base address without a final slash would lose its last segment when paths are joined.
        var address = server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/");
        var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(100) };
        if (token.Length > 0)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return new CaaSClient(http);
    }

    /// <summary>Who the caller is.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<Me> MeAsync(CancellationToken cancellationToken) => GetAsync<Me>("me", cancellationToken);

    /// <summary>One page of the inbox, last changed first.</summary>
    /// <param name="filter">Which alerts.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<AlertPage> AlertsAsync(AlertFilter filter, CancellationToken cancellationToken)
    {
        var query = new Query("alerts");
        foreach (var status in filter.Statuses)
        {
            query.Add("status", Camel(status));
        }

        foreach (var severity in filter.Severities)
        {
            query.Add("severity", Camel(severity));
        }

        query.Add("assignee", filter.Assignee).Add("silenced", filter.Silenced)
            .Add("text", filter.Text.Length == 0 ? null : filter.Text)
            .Add("order", filter.Order == AlertOrder.Changed ? null : Camel(filter.Order))
            .Add("offset", filter.Offset).Add("limit", filter.Limit);
        return GetAsync<AlertPage>(query.ToString(), cancellationToken);
    }

    /// <summary>One alert, or null when there is none of that id.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<AlertDetail?> AlertAsync(string id, CancellationToken cancellationToken) =>
        FindAsync<AlertDetail>($"alerts/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>Incidents, last changed first.</summary>
    /// <param name="openOnly">Only open and mitigated ones.</param>
    /// <param name="limit">Most answered, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<Incident>> IncidentsAsync(
        bool openOnly, int limit, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<Incident>>(
            new Query("incidents").Add("openOnly", openOnly).Add("limit", limit).ToString(), cancellationToken);

    /// <summary>One incident, or null when there is none of that id.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<Incident?> IncidentAsync(string id, CancellationToken cancellationToken) =>
        FindAsync<Incident>($"incidents/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>The last word of each person on an incident, newest first.</summary>
    /// <param name="incidentId">Incident.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<Feedback>> FeedbackAsync(string incidentId, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<Feedback>>(On("incidents", incidentId, "feedback"), cancellationToken);

    /// <summary>How often the cause was ranked first, by what people said.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<Accuracy> AccuracyAsync(CancellationToken cancellationToken) =>
        GetAsync<Accuracy>("accuracy", cancellationToken);

    /// <summary>Versions of the model that rates incidents.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<ModelReport> ModelsAsync(CancellationToken cancellationToken) =>
        GetAsync<ModelReport>("models", cancellationToken);

    /// <summary>Incidents opened before one that are like it, best first; empty when none is, or when there is no such incident.</summary>
    /// <param name="id">Id of the incident.</param>
    /// <param name="limit">Most answered, 1 to 20.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<IReadOnlyList<SimilarIncident>> SimilarIncidentsAsync(
        string id, int limit, CancellationToken cancellationToken) =>
        await FindAsync<IReadOnlyList<SimilarIncident>>(
            new Query($"incidents/{Uri.EscapeDataString(id)}/similar").Add("limit", limit).ToString(), cancellationToken)
            .ConfigureAwait(false) ?? [];

    /// <summary>Runbooks and post-mortems that fit an incident, best first; empty when none does, or when there is no such incident.</summary>
    /// <param name="id">Id of the incident.</param>
    /// <param name="limit">Most answered, 1 to 20.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<IReadOnlyList<DocumentMatch>> IncidentDocumentsAsync(
        string id, int limit, CancellationToken cancellationToken) =>
        await FindAsync<IReadOnlyList<DocumentMatch>>(
            new Query($"incidents/{Uri.EscapeDataString(id)}/documents").Add("limit", limit).ToString(), cancellationToken)
            .ConfigureAwait(false) ?? [];

    /// <summary>Runbooks and post-mortems that hold what is asked, best first.</summary>
    /// <param name="query">Words, codes, names; 1 to 1,000 characters.</param>
    /// <param name="limit">Most answered, 1 to 50.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<DocumentMatch>> DocumentsAsync(string query, int limit, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<DocumentMatch>>(
            new Query("documents").Add("query", query).Add("limit", limit).ToString(), cancellationToken);

    /// <summary>Operations, newest first.</summary>
    /// <param name="incidentId">Only those of this incident, or null for all.</param>
    /// <param name="limit">Most answered, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<Operation>> OperationsAsync(
        string? incidentId, int limit, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<Operation>>(
            new Query("operations").Add("incident", incidentId).Add("limit", limit).ToString(), cancellationToken);

    /// <summary>One operation, or null when there is none of that id.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<Operation?> OperationAsync(string id, CancellationToken cancellationToken) =>
        FindAsync<Operation>($"operations/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>Policies, by name.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<Policy>> PoliciesAsync(CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<Policy>>("policies", cancellationToken);

    /// <summary>Whether the kill switch is engaged.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<KillSwitch> KillSwitchAsync(CancellationToken cancellationToken) =>
        GetAsync<KillSwitch>("kill-switch", cancellationToken);

    /// <summary>The topology as it is now.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<Graph> TopologyAsync(CancellationToken cancellationToken) =>
        GetAsync<Graph>("topology", cancellationToken);

    /// <summary>The topology as objects stated it at an instant.</summary>
    /// <param name="at">The instant, UTC.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<Graph> TopologyAtAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        GetAsync<Graph>(new Query("topology").Add("at", at).ToString(), cancellationToken);

    /// <summary>What was added, removed and changed in the topology between two instants, as objects stated
    /// it.</summary>
    /// <param name="from">The first instant, UTC.</param>
    /// <param name="to">The second instant, UTC; now when null.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<GraphDiff> TopologyDiffAsync(DateTimeOffset from, DateTimeOffset? to, CancellationToken cancellationToken) =>
        GetAsync<GraphDiff>(new Query("topology/diff").Add("from", from).Add("to", to).ToString(), cancellationToken);

    /// <summary>Notifications, newest first.</summary>
    /// <param name="alertId">Only those of this alert, or null for all.</param>
    /// <param name="limit">Most answered, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<Notification>> NotificationsAsync(
        string? alertId, int limit, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<Notification>>(
            new Query("notifications").Add("alert", alertId).Add("limit", limit).ToString(), cancellationToken);

    /// <summary>Silences that have not ended, soonest end first.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<Silence>> SilencesAsync(CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<Silence>>("silences", cancellationToken);

    /// <summary>Who asked for what, newest first.</summary>
    /// <param name="target">Only what concerned this id, or null for all.</param>
    /// <param name="limit">Most answered, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<AuditEntry>> AuditAsync(
        string? target, int limit, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<AuditEntry>>(
            new Query("audit").Add("target", target).Add("limit", limit).ToString(), cancellationToken);

    /// <summary>Series that were measured in a time range, by name.</summary>
    /// <param name="filter">Which series, and when.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<Series>> SeriesAsync(SeriesFilter filter, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<Series>>(Describe("series", filter).ToString(), cancellationToken);

    /// <summary>Points of series, one value a step.</summary>
    /// <param name="filter">Which series, and when.</param>
    /// <param name="step">Length of a step, at least a second; null for the raw points.</param>
    /// <param name="aggregate">How values of a step are joined.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<SeriesPoints>> RangeAsync(
        SeriesFilter filter, TimeSpan? step, Aggregate aggregate, CancellationToken cancellationToken)
    {
        var query = Describe("series/range", filter);
        if (step is { } length)
        {
            query.Add("stepSeconds", Seconds(length)).Add("aggregate", Camel(aggregate));
        }

        return GetAsync<IReadOnlyList<SeriesPoints>>(query.ToString(), cancellationToken);
    }

    /// <summary>What a detector or threshold would have told over history, against the incidents on record.</summary>
    /// <param name="question">What is put on trial, over which series and when.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<BacktestReport> BacktestAsync(BacktestQuestion question, CancellationToken cancellationToken)
    {
        var query = Describe("backtests", question.Series).Add("detector", Camel(question.Detector))
            .Add("above", question.Above).Add("below", question.Below).Add("forSeconds", Seconds(question.For))
            .Add("clear", question.Clear).Add("score", question.Score).Add("rest", question.Rest)
            .Add("objective", question.Objective).Add("budgetDays", question.BudgetDays)
            .Add("stepSeconds", Seconds(question.Step)).Add("leadSeconds", Seconds(question.LeadMax));
        return GetAsync<BacktestReport>(query.ToString(), cancellationToken);
    }

    /// <summary>What series will be, and when they are full.</summary>
    /// <param name="question">Which series, how far, and against which capacity.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>One entry a series, by name.</returns>
    public Task<IReadOnlyList<SeriesForecast>> ForecastsAsync(ForecastQuestion question, CancellationToken cancellationToken)
    {
        var query = Describe("forecasts", question.Series).Add("horizonSeconds", Seconds(question.Horizon))
            .Add("coverage", question.Coverage).Add("capacity", question.Capacity);
        return GetAsync<IReadOnlyList<SeriesForecast>>(query.ToString(), cancellationToken);
    }

    /// <summary>Log lines that match, newest first.</summary>
    /// <param name="filter">When, where and what.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<LogLine>> LogsAsync(TextFilter filter, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<LogLine>>(
            Describe("logs", filter).Add("minSeverity", filter.MinSeverity).ToString(), cancellationToken);

    /// <summary>Kubernetes events that match, newest first.</summary>
    /// <param name="filter">When, where and what.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<EventLine>> EventsAsync(TextFilter filter, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<EventLine>>(Describe("events", filter).ToString(), cancellationToken);

    /// <summary>Changes that match, newest first.</summary>
    /// <param name="filter">When, where and what.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<ChangeLine>> ChangesAsync(TextFilter filter, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<ChangeLine>>(Describe("changes", filter).ToString(), cancellationToken);

    /// <summary>How the platform itself is.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<PlatformStatus> StatusAsync(CancellationToken cancellationToken) =>
        GetAsync<PlatformStatus>("status", cancellationToken);

    /// <summary>What the running platform found out about itself.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<Doctor> DoctorAsync(CancellationToken cancellationToken) =>
        GetAsync<Doctor>("doctor", cancellationToken);

    /// <summary>A recording of everything that was seen in a window, as one file.</summary>
    /// <param name="from">First instant, UTC.</param>
    /// <param name="to">Last instant, UTC.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The file's bytes; the caller disposes the stream.</returns>
    public async Task<Stream> RecordingAsync(
        DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var path = new Query("recordings").Add("from", (DateTimeOffset?)from).Add("to", (DateTimeOffset?)to).ToString();
        var response = await http.GetAsync(Root + path, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        await ThrowIfRefusedAsync(response, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What changes, as it changes. Ends when the connection does; connect anew and ask for everything then.</summary>
    /// <param name="cancellationToken">Ends the feed.</param>
    /// <returns>Events without end.</returns>
    public async IAsyncEnumerable<FeedEvent> FeedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await http
            .GetAsync(Root + "feed", HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        await ThrowIfRefusedAsync(response, cancellationToken).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken).ConfigureAwait(false))
            {
                // The server sends an empty heartbeat so that both ends notice a dead connection.
                if (item.Data.Length > 0
                    && JsonSerializer.Deserialize<FeedEvent>(item.Data, CaaSJson.Options) is { } change)
                {
                    yield return change;
                }
            }
        }
    }

    private static string Camel<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static int? Seconds(TimeSpan? length) => length is { } known ? (int)Math.Ceiling(known.TotalSeconds) : null;

    private static Query Describe(string path, SeriesFilter filter)
    {
        var query = new Query(path).Add("from", (DateTimeOffset?)filter.From).Add("to", (DateTimeOffset?)filter.To)
            .Add("entity", filter.Entity).Add("metric", filter.Metric).Add("limit", filter.Limit);
        foreach (var label in filter.Labels)
        {
            query.Add("label", $"{label.Name}={label.Value}");
        }

        return query;
    }

    private static Query Describe(string path, TextFilter filter) =>
        new Query(path).Add("from", (DateTimeOffset?)filter.From).Add("to", (DateTimeOffset?)filter.To)
            .Add("entity", filter.Entity).Add("text", filter.Text.Length == 0 ? null : filter.Text)
            .Add("limit", filter.Limit);

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw new CaaSClientException(response.StatusCode, Reason(body, response));
        }
    }

    private static string Reason(string body, HttpResponseMessage response)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            foreach (var name in (ReadOnlySpan<string>)["detail", "title"])
            {
                if (problem.RootElement.ValueKind == JsonValueKind.Object
                    && problem.RootElement.TryGetProperty(name, out var text)
                    && text.ValueKind == JsonValueKind.String)
                {
                    return text.GetString()!;
                }
            }
        }
        catch (JsonException)
        {
            // Not a problem document: a proxy's page, or nothing. The status line says what can be said.
        }

        return $"The server answered {(int)response.StatusCode} {response.ReasonPhrase}.";
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await http.GetAsync(Root + path, cancellationToken).ConfigureAwait(false);
        return await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T?> FindAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await http.GetAsync(Root + path, cancellationToken).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.NotFound
            ? null
            : await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> SendAsync<T>(
        HttpMethod method, string path, object? body, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(method, Root + path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, body.GetType(), options: CaaSJson.Options);
        }

        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);

        // A refused command is an answer, not a failure: it carries its reason.
        if (typeof(T) == typeof(Outcome) && response.StatusCode == HttpStatusCode.Conflict)
        {
            return await ReadBodyAsync<T>(response, cancellationToken).ConfigureAwait(false);
        }

        return await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        await ThrowIfRefusedAsync(response, cancellationToken).ConfigureAwait(false);
        return await ReadBodyAsync<T>(response, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<T> ReadBodyAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class =>
        await response.Content.ReadFromJsonAsync<T>(CaaSJson.Options, cancellationToken).ConfigureAwait(false)
        ?? throw new CaaSClientException(response.StatusCode, "The server's answer was empty.");
}
