using CaaS.Api;

namespace CaaS.Host;

/// <summary>Says, once the platform listens, where it is and how to sign in.</summary>
internal sealed class Greeting(IServiceProvider services, IConfiguration configuration, IHostApplicationLifetime lifetime)
    : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
        {
            var address = Addresses.Own(services);
            Console.WriteLine($"CaaS listens on {address}, data in {configuration["Platform:DataFolder"]}.");
            Console.WriteLine($"Sign in (once, within 15 minutes): {ApiShell.SignInLink(services, address)}");
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
