using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text.Json;
using CaaS.Ingest.Kubernetes;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>Lists and watches one type: the I/O around <see cref="InformerState"/>.</summary>
/// <remarks>One run at a time. An answer counts as taken only when the sink has taken it, so a slow log slows the
/// watch.</remarks>
internal sealed class KubernetesInformer
{
    /// <summary>Lines handled at a time: keeps a burst within one batch of the log.</summary>
    private const int MaxLineCount = 512;

    /// <summary>Failures of the first list after which others no longer wait for this type.</summary>
    private const int MaxFirstListFailures = 3;

    private readonly KubernetesResource _resource;
    private readonly ServedVersion _version;
    private readonly InformerContext _context;
    private readonly InformerState _state;
    private int _firstListFailures;
    private bool _isRefused;
    private long _refusedCount;

    public KubernetesInformer(
        KubernetesResource resource, ServedVersion version, InformerContext context, InformerState state)
    {
        _resource = resource;
        _version = version;
        _context = context;
        _state = state;
    }

    private DateTimeOffset Now => _context.Time.GetUtcNow();

    private KubernetesSourceOptions Options => _context.Options;

    private InformerProgress Progress => _state.IsSynced ? InformerProgress.Synced
        : _isRefused ? InformerProgress.Refused
        : _firstListFailures >= MaxFirstListFailures ? InformerProgress.Failing : InformerProgress.Listing;

    /// <summary>Begins anew with a list after a fault, keeping what is known for comparison.</summary>
    public void Restart() => _state.Restart(Now);

    /// <summary>Lists and watches until cancelled.</summary>
    /// <param name="sink">Takes reports; the informer waits for it.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task RunAsync(
        Func<InformerReport, CancellationToken, Task> sink, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var request = _state.Next(Now);
            var wait = request.NotBefore - Now;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _context.Time, cancellationToken);
            }

            if (request.Kind == InformerRequestKind.List)
            {
                await ListAsync(request, sink, cancellationToken);
            }
            else
            {
                await WatchAsync(request, sink, cancellationToken);
            }
        }
    }

    private async Task ListAsync(
        InformerRequest request,
        Func<InformerReport, CancellationToken, Task> sink,
        CancellationToken cancellationToken)
    {
        if (request.Continue.Length == 0)
        {
            _context.Metrics.Listed(_resource.Name, (_state.Listing ?? ListReason.Failed).ToString());
        }

        IReadOnlyList<KubeDelta> deltas = [];
        try
        {
            using var deadline = new Deadline(_context.Time, Options.RequestTimeout, cancellationToken);
            var limit = request.Limit.ToString(CultureInfo.InvariantCulture);
            var token = request.Continue.Length == 0 ? "" : "&continue=" + Uri.EscapeDataString(request.Continue);
            using var response = await _context.Http.GetAsync(
                $"{_version.Path}?limit={limit}{token}", HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            if (response.IsSuccessStatusCode)
            {
                var body = await ResponseBody.ReadAsync(response, Options.MaxPageBytes, deadline.Token);
                deltas = TakePage(body);
            }
            else
            {
                ListFailed(FailureOf(response.StatusCode), RetryAfter(response), $"HTTP {(int)response.StatusCode}");
            }
        }
        catch (InvalidDataException error)
        {
            ListFailed(InformerFailure.TooLarge, TimeSpan.Zero, error.Message);
        }
        catch (Exception error) when (IsExpected(error, cancellationToken))
        {
            ListFailed(InformerFailure.Transient, TimeSpan.Zero, error.Message);
        }

        await sink(new InformerReport(_resource, deltas, Progress), cancellationToken);
    }

    private IReadOnlyList<KubeDelta> TakePage(ReadOnlyMemory<byte> body)
    {
        using var page = JsonDocument.Parse(body);
        var metadata = Part(page.RootElement, "metadata");
        var list = Part(page.RootElement, "items");
        if (metadata.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("The answer is no list.");
        }

        var items = new List<KubeItem>();
        if (list.ValueKind == JsonValueKind.Array)
        {
            foreach (var json in list.EnumerateArray())
            {
                if (TryMap(json, out var item))
                {
                    items.Add(item);
                }
            }
        }

        _context.Metrics.Received(_resource.Name, items.Count);
        var deltas = _state.ListPage(items, Text(metadata, "resourceVersion"), Text(metadata, "continue"), Now);
        CountRefused();
        return deltas;
    }

    private async Task WatchAsync(
        InformerRequest request,
        Func<InformerReport, CancellationToken, Task> sink,
        CancellationToken cancellationToken)
    {
        try
        {
            var seconds = ((int)Options.WatchTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            using var deadline = new Deadline(_context.Time, Options.RequestTimeout, cancellationToken);
            using var response = await _context.Http.GetAsync(
                $"{_version.Path}?watch=1&allowWatchBookmarks=true&timeoutSeconds={seconds}"
                    + $"&resourceVersion={Uri.EscapeDataString(request.ResourceVersion)}",
                HttpCompletionOption.ResponseHeadersRead,
                deadline.Token);
            if (!response.IsSuccessStatusCode)
            {
                WatchFailed(FailureOf(response.StatusCode), RetryAfter(response), $"HTTP {(int)response.StatusCode}");
                return;
            }

            _state.WatchOpened(Now);
            using var stream = await response.Content.ReadAsStreamAsync(deadline.Token);
            var lines = new WatchLines(stream, Options.MaxObjectBytes, MaxLineCount);
            await FollowAsync(lines, request, sink, cancellationToken);
        }
        catch (InvalidDataException error)
        {
            _context.Metrics.Refused(_resource.Name, "too-large", 1);
            WatchFailed(InformerFailure.TooLarge, TimeSpan.Zero, error.Message);
        }
        catch (Exception error) when (IsExpected(error, cancellationToken))
        {
            WatchFailed(InformerFailure.Transient, TimeSpan.Zero, error.Message);
        }
    }

    private async Task FollowAsync(
        WatchLines stream,
        InformerRequest request,
        Func<InformerReport, CancellationToken, Task> sink,
        CancellationToken cancellationToken)
    {
        var lines = new List<byte[]>();
        while (true)
        {
            lines.Clear();
            var untilResync = request.EndBy - Now;
            var patience = untilResync < Options.WatchIdleTimeout ? untilResync : Options.WatchIdleTimeout;
            using var deadline = new Deadline(_context.Time, patience, cancellationToken);
            try
            {
                if (!await stream.ReadAsync(lines, deadline.Token))
                {
                    WatchEnded("ended");
                    return;
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                WatchEnded(untilResync <= Options.WatchIdleTimeout ? "resync" : "idle");
                return;
            }

            var deltas = new List<KubeDelta>();
            var (failure, why) = TakeLines(lines, deltas);
            if (deltas.Count > 0)
            {
                await sink(new InformerReport(_resource, deltas, Progress), cancellationToken);
            }

            if (failure is { } failed)
            {
                WatchFailed(failed, TimeSpan.Zero, why);
                return;
            }
        }
    }

    /// <summary>Takes lines up to the first that tells of a failure.</summary>
    private (InformerFailure? Failure, string Why) TakeLines(List<byte[]> lines, List<KubeDelta> deltas)
    {
        _context.Metrics.Received(_resource.Name, lines.Count);
        foreach (var line in lines)
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                var type = Text(document.RootElement, "type");
                var json = Part(document.RootElement, "object");
                if (type == "ERROR")
                {
                    var code = Part(json, "code");
                    var isNumber = code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out _);
                    var status = isNumber ? code.GetInt32() : 0;
                    var failure = FailureOf((HttpStatusCode)status);
                    return (failure, $"ERROR event with code {status}: {Text(json, "message")}");
                }

                TakeObject(type, json, deltas);
            }
            catch (JsonException error)
            {
                // After a line that is no event nothing more can be trusted of this stream.
                _context.Metrics.Refused(_resource.Name, "malformed", 1);
                return (InformerFailure.Transient, error.Message);
            }
        }

        CountRefused();
        return (null, "");
    }

    private void TakeObject(string type, JsonElement json, List<KubeDelta> deltas)
    {
        if (type == "BOOKMARK" || !TryMap(json, out var item))
        {
            _state.Bookmark(Text(Part(json, "metadata"), "resourceVersion"));
        }
        else if (type == "DELETED")
        {
            _state.Gone(item, deltas);
        }
        else
        {
            _state.Seen(item, deltas);
        }
    }

    private bool TryMap(JsonElement json, [NotNullWhen(true)] out KubeItem? item)
    {
        if (_context.Mapper.TryMap(_version.Kind, json, Now, out item))
        {
            return true;
        }

        _context.Metrics.Refused(_resource.Name, "malformed", 1);
        return false;
    }

    private void CountRefused()
    {
        var growth = _state.RefusedCount - _refusedCount;
        if (growth > 0)
        {
            _refusedCount = _state.RefusedCount;
            _context.Metrics.Refused(_resource.Name, "too-many", growth);
            KubernetesSourceLog.TooMany(_context.Logger, _resource.Name, Options.MaxObjectsPerType);
        }
    }

    private void ListFailed(InformerFailure failure, TimeSpan retryAfter, string why)
    {
        // What may not be read will not be read soon: nobody waits for it.
        _isRefused = failure == InformerFailure.Refused;
        _firstListFailures++;
        _state.ListFailed(failure, retryAfter, Now);
        KubernetesSourceLog.ListFailed(_context.Logger, _resource.Name, failure, why, _state.Next(Now).NotBefore);
    }

    private void WatchFailed(InformerFailure failure, TimeSpan retryAfter, string why)
    {
        _context.Metrics.WatchEnded(_resource.Name, failure.ToString());
        _state.WatchFailed(failure, retryAfter, Now);
        KubernetesSourceLog.WatchFailed(_context.Logger, _resource.Name, failure, why, _state.Next(Now).NotBefore);
    }

    private void WatchEnded(string reason)
    {
        _context.Metrics.WatchEnded(_resource.Name, reason);
        _state.WatchEnded(Now);
    }

    private static InformerFailure FailureOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Gone => InformerFailure.Expired,
        HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed =>
            InformerFailure.Refused,
        _ => InformerFailure.Transient,
    };

    private TimeSpan RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - Now : TimeSpan.Zero);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>True for what a network and a server may do; false for our own cancellation and for faults of the
    /// program.</summary>
    private static bool IsExpected(Exception error, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && error is (HttpRequestException or IOException or OperationCanceledException or JsonException);

    private static JsonElement Part(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var part) ? part : default;

    private static string Text(JsonElement json, string name) =>
        Part(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
}
