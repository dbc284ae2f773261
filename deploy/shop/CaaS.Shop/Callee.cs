using System.Globalization;
using System.Net;
using CaaS.Shop.Telemetry;

namespace CaaS.Shop;

/// <summary>Calls another service by its Service name, measured from the caller's side.</summary>
internal sealed partial class Callee(
    ShopOptions options, ShopMetrics metrics, TimeProvider time, ILogger<Callee> logger) : IDisposable
{
    // No pooling: each call is balanced anew by the Service, so replicas share the load evenly.
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.Zero,
        UseProxy = false,
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // the call's own token ends it
    };

    /// <summary>Sends a request within the configured time-out.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="service">The Service's name, e.g. <c>cart</c>.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="cancellation">The caller's own end.</param>
    /// <exception cref="CalleeFailedException">The callee answered with an error, late, or not at all.</exception>
    public async Task SendAsync(HttpMethod method, string service, string path, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.CallTimeout);
        var start = time.GetTimestamp();
        string status = "", error = "";
        try
        {
            using var request = new HttpRequestMessage(method, $"http://{service}{path}");
            using var response = await _http.SendAsync(request, limit.Token);
            await response.Content.CopyToAsync(Stream.Null, limit.Token);
            status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            if ((int)response.StatusCode >= 500)
            {
                error = status;
                LogAnswered(service, path, (int)response.StatusCode);
                throw new CalleeFailedException(service, HttpStatusCode.BadGateway);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            error = "timeout";
            LogTimedOut(service, path, options.CallTimeout.TotalMilliseconds);
            throw new CalleeFailedException(service, HttpStatusCode.GatewayTimeout);
        }
        catch (HttpRequestException exception)
        {
            var isRefused = exception.HttpRequestError == HttpRequestError.ConnectionError;
            error = isRefused ? "connection_error" : "request_error";
            LogUnreachable(service, path, exception.Message);
            throw new CalleeFailedException(service, HttpStatusCode.BadGateway);
        }
        finally
        {
            if (status.Length > 0 || error.Length > 0)
            {
                metrics.Called(service, status, error, time.GetElapsedTime(start));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    [LoggerMessage(1, LogLevel.Warning, "Call to {Service}{Path} was answered {StatusCode}.")]
    private partial void LogAnswered(string service, string path, int statusCode);

    [LoggerMessage(2, LogLevel.Warning, "Call to {Service}{Path} timed out after {TimeoutMs} ms.")]
    private partial void LogTimedOut(string service, string path, double timeoutMs);

    [LoggerMessage(3, LogLevel.Warning, "Call to {Service}{Path} failed: {Reason}.")]
    private partial void LogUnreachable(string service, string path, string reason);
}
