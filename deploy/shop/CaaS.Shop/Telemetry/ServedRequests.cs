using System.Diagnostics;

namespace CaaS.Shop.Telemetry;

/// <summary>Around every request: its span's name, its duration, and an answer for what went wrong inside.</summary>
internal sealed partial class ServedRequests(
    RequestDelegate next, ShopMetrics metrics, Drain drain, TimeProvider time, ILogger<ServedRequests> logger)
{
    /// <summary>Serves one request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (Probes.IsPlumbing(context.Request.Path))
        {
            Discard(Activity.Current);
            await next(context);
            return;
        }

        if (drain.IsDraining)
        {
            context.Response.Headers.Connection = "close";
        }

        var start = time.GetTimestamp();
        var method = context.Request.Method;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = 499; // the caller hung up
        }
        catch (CalleeFailedException failure)
        {
            LogDependency(method, route, (int)failure.Status, failure.Message);
            context.Response.StatusCode = (int)failure.Status;
        }
        catch (Exception exception)
        {
            LogUnhandled(exception, method, route);
            context.Response.StatusCode = 500;
        }

        var statusCode = context.Response.StatusCode;
        metrics.Served(method, route, statusCode, time.GetElapsedTime(start));
        Describe(Activity.Current, method, route, statusCode);
    }

    private static void Describe(Activity? span, string method, string route, int statusCode)
    {
        if (span is null)
        {
            return;
        }

        span.DisplayName = $"{method} {route}";
        span.SetTag("http.request.method", method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", statusCode);
        if (statusCode >= 500)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Probes and scrapes make no spans worth sending.</summary>
    private static void Discard(Activity? span)
    {
        if (span is not null)
        {
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    [LoggerMessage(10, LogLevel.Error, "{Method} {Route} answered {StatusCode} because {Reason}")]
    private partial void LogDependency(string method, string route, int statusCode, string reason);

    [LoggerMessage(11, LogLevel.Error, "{Method} {Route} failed.")]
    private partial void LogUnhandled(Exception exception, string method, string route);
}
