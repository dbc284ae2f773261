namespace CaaS.Shop.Roles;

/// <summary>A batch job that has next to nothing to do, until a fault makes it burn its node's CPU.</summary>
internal sealed class Batch(TimeProvider time) : BackgroundService
{
    /// <summary>Adds the job.</summary>
    public static void AddServices(IServiceCollection services) => services.AddHostedService<Batch>();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Work.Compute(2000);
        }
    }
}
