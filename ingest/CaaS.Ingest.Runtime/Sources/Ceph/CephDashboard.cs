using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;
using CaaS.Ingest.Ceph;
using CaaS.Signals;

namespace CaaS.Ingest.Runtime.Sources.Ceph;

/// <summary>Speaks to the dashboard's REST API: logs in, keeps the token, reads the cluster's health.</summary>
/// <remarks>
/// Not thread-safe. A password that was refused is not sent again before its file holds another: the dashboard locks an
/// account after ten refusals. Of several managers one is active; the others redirect or answer with an error.
/// </remarks>
internal sealed class CephDashboard
{
    private const string MediaType = "application/vnd.ceph.api.v1.0+json";
    private const int MaxLoginBytes = 256 * 1024;

    private readonly CephOptions _options;
    private readonly CephReader _reader;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly Uri[] _addresses;
    private int _active;
    private string _token = "";
    private string _refusedPassword = "";

    public CephDashboard(CephOptions options, Scope scope, HttpClient http, TimeProvider time)
    {
        _options = options;
        _reader = new CephReader(scope, options.Name);
        _http = http;
        _time = time;
        _addresses = [.. options.Dashboards.Select(address => new Uri(address.TrimEnd('/') + "/"))];
    }

    /// <summary>Reads the cluster from the manager that is active.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The reading, or null and why there is none.</returns>
    public async Task<(CephReading? Reading, CephOutcome Outcome)> ReadAsync(CancellationToken cancellationToken)
    {
        var password = await PasswordAsync(cancellationToken);
        if (password.Length == 0 || password == _refusedPassword)
        {
            return (null, CephOutcome.Refused);
        }

        for (var tries = 0; ; tries++)
        {
            var (reading, outcome) = await ReadAsync(_addresses[_active], password, cancellationToken);
            _refusedPassword = outcome == CephOutcome.Refused ? password : "";
            if (outcome != CephOutcome.Unreachable || tries + 1 == _addresses.Length)
            {
                return (reading, outcome);
            }

            _active = (_active + 1) % _addresses.Length;
            _token = "";
        }
    }

    private static CephOutcome OutcomeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.OK or HttpStatusCode.Created => CephOutcome.Read,
        HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized => CephOutcome.Refused,
        HttpStatusCode.Forbidden => CephOutcome.Forbidden,
        HttpStatusCode.UnsupportedMediaType => CephOutcome.Malformed,
        _ => CephOutcome.Unreachable,
    };

    private async Task<string> PasswordAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllTextAsync(_options.PasswordFile, cancellationToken)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private async Task<(CephReading? Reading, CephOutcome Outcome)> ReadAsync(
        Uri address, string password, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var hadToken = _token.Length > 0;
            var outcome = hadToken ? CephOutcome.Read : await LoginAsync(address, password, either.Token);
            if (outcome != CephOutcome.Read)
            {
                return (null, outcome);
            }

            var (reading, answered) = await AskAsync(address, either.Token);
            if (answered != CephOutcome.Refused)
            {
                return (reading, answered);
            }

            // The token ran out, or another manager took over.
            _token = "";
            outcome = hadToken ? await LoginAsync(address, password, either.Token) : CephOutcome.Forbidden;
            return outcome == CephOutcome.Read ? await AskAsync(address, either.Token) : (null, outcome);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, CephOutcome.Unreachable);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException)
        {
            return (null, CephOutcome.Unreachable);
        }
        catch (JsonException)
        {
            return (null, CephOutcome.Malformed);
        }
    }

    private async Task<CephOutcome> LoginAsync(Uri address, string password, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, new Uri(address, "api/auth"));
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string> { ["username"] = _options.User, ["password"] = password }));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var outcome = OutcomeOf(response.StatusCode);
        if (outcome != CephOutcome.Read)
        {
            return outcome;
        }

        using var answer = await JsonAsync(response, MaxLoginBytes, cancellationToken);
        _token = answer?.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString()! : "";
        return _token.Length > 0 ? CephOutcome.Read : CephOutcome.Malformed;
    }

    private async Task<(CephReading? Reading, CephOutcome Outcome)> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, new Uri(address, "api/health/full"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var outcome = OutcomeOf(response.StatusCode);
        if (outcome != CephOutcome.Read)
        {
            return (null, outcome);
        }

        using var answer = await JsonAsync(response, _options.MaxAnswerBytes, cancellationToken);
        if (answer is null)
        {
            return (null, CephOutcome.Malformed);
        }

        // What an account may not read is left out of the answer.
        return _reader.TryRead(answer.RootElement, _time.GetUtcNow(), out var reading)
            ? (reading, CephOutcome.Read)
            : (null, CephOutcome.Forbidden);
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri address)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Accept.ParseAdd(MediaType);
        return request;
    }

    private static async Task<JsonDocument?> JsonAsync(
        HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        return await BoundedBody.TryReadAsync(stream, maxBytes, body, cancellationToken)
            ? JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length))
            : null;
    }
}
