using System.Globalization;

namespace CaaS.Shop.Roles;

/// <summary>The shop's users: they come as they come, whether the shop keeps up or not.</summary>
internal sealed class LoadGenerator(
    ShopOptions options, Callee callee, Work work, LoadWindows windows, TimeProvider time) : BackgroundService
{
    /// <summary>Users waiting at once; at 25 a second and a time-out of 5 s there are at most about 125.</summary>
    private const int InFlightMax = 400;

    /// <summary>The shop opens its doors slowly, as no shop gets its full load in its first second.</summary>
    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(20);

    private int _inFlight;

    /// <summary>Adds the users.</summary>
    public static void AddServices(IServiceCollection services) =>
        services.AddSingleton<LoadWindows>().AddHostedService<LoadGenerator>();

    /// <summary>Maps <c>/windows?since=</c> (an ISO 8601 instant; all that are kept without it).</summary>
    public static void Map(WebApplication app) =>
        app.MapGet("/windows", (LoadWindows windows, string? since) =>
            since is null
                ? Results.Json(windows.Since(DateTimeOffset.MinValue))
                : DateTimeOffset.TryParse(
                    since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                    ? Results.Json(windows.Since(instant))
                    : Results.Text("since is not an ISO 8601 instant", statusCode: 400));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var opened = time.GetUtcNow();
        var next = opened;
        while (!stoppingToken.IsCancellationRequested)
        {
            var share = Math.Clamp((next - opened) / Ramp, 0.1, 1);
            next += TimeSpan.FromSeconds(-Math.Log(1 - work.Draw()) / (share * options.RequestsPerSecond));
            var gap = next - time.GetUtcNow();
            if (gap > TimeSpan.Zero)
            {
                await Task.Delay(gap, time, stoppingToken);
            }

            if (Volatile.Read(ref _inFlight) < InFlightMax)
            {
                _ = SendAsync(work.Draw(), work.Draw(), stoppingToken);
            }
        }
    }

    private async Task SendAsync(double deed, double detail, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _inFlight);
        var start = time.GetTimestamp();
        var isError = false;
        try
        {
            var sku = (int)(detail * 50);
            var (method, path) = deed switch
            {
                < 0.50 => (HttpMethod.Get, "/products"),
                < 0.75 => (HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/cart/items?sku=sku-{sku}")),
                _ => (HttpMethod.Post, detail < 0.5 ? "/orders?currency=EUR" : "/orders?currency=USD"),
            };
            await callee.SendAsync(method, "gateway", path, cancellation);
        }
        catch (CalleeFailedException)
        {
            isError = true; // already logged and counted by the call
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }

        windows.Record(time.GetElapsedTime(start).TotalMilliseconds, isError);
    }
}
