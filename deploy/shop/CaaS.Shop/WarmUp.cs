namespace CaaS.Shop;

/// <summary>Calls the pod itself before it is ready, so that its first users do not pay for compiling it.</summary>
internal sealed class WarmUp(
    ShopOptions options, IHostApplicationLifetime application, TimeProvider time) : BackgroundService
{
    private const int CallCount = 40;

    private int _isWarm;

    /// <summary>Whether the calls are done.</summary>
    public bool IsWarm => Volatile.Read(ref _isWarm) == 1;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = application.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var call = 0; call < CallCount; call++)
        {
            try
            {
                await http.GetStringAsync($"http://127.0.0.1:{options.Port}/metrics", stoppingToken);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, stoppingToken); // the listener is not up yet
            }
        }

        Volatile.Write(ref _isWarm, 1);
    }
}
