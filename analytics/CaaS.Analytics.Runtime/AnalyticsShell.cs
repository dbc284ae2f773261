using Akka.Hosting;
using Akka.Pattern;
using CaaS.Analytics.LogAnomalies;
using CaaS.Analytics.Ports;
using CaaS.Analytics.Runtime.Documents;
using CaaS.Analytics.Runtime.Snapshots;
using CaaS.Analytics.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CaaS.Analytics.Runtime;

/// <summary>How a host runs analytics: one actor per shard of the topic <c>signals</c>, today one.</summary>
public static class AnalyticsShell
{
    /// <summary>Consumer group of this stage on the topic <c>signals</c>.</summary>
    public const string Group = "analytics";

    /// <summary>Adds options, counts, the standing, snapshots and the library of documents. <c>ILog</c>, its data
    /// folder and meters come from elsewhere.</summary>
    /// <param name="services">Services of the host.</param>
    /// <param name="configuration">Configuration with the section <c>Analytics</c>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAnalytics(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AnalyticsOptions>().Bind(configuration.GetSection(AnalyticsOptions.Section))
            .ValidateDataAnnotations()
            .Validate(
                options => options.Ensemble.PValueMax is >= 1e-12 and <= 0.01,
                "Analytics:Ensemble:PValueMax must lie between 1e-12 and 0.01.")
            .ValidateOnStart();
        // A part of the options above, bound apart because validation does not look inside.
        services.AddOptions<LogWatchOptions>().Bind(configuration.GetSection(LogWatchOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<AnalyticsOptions>, ObjectivesValidator>();
        services.AddSingleton<AnalyticsStanding>();
        services.AddSingleton<IAnalyticsStanding>(provider => provider.GetRequiredService<AnalyticsStanding>());
        services.AddSingleton<AnalyticsMetrics>();
        services.AddOptions<SnapshotOptions>().Bind(configuration.GetSection(SnapshotOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SnapshotStore>();
        services.AddSingleton<SnapshotRecall>();
        services.AddOptions<DocumentsOptions>().Bind(configuration.GetSection(DocumentsOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<DocumentsOptions>, DocumentsOptionsValidator>();
        services.AddSingleton<DocumentLibrary>();
        services.AddSingleton<IDocumentLibrary>(provider => provider.GetRequiredService<DocumentLibrary>());
        services.AddHostedService<DocumentWatch>();
        return services;
    }

    /// <summary>Starts the actor that steps the core.</summary>
    /// <param name="akka">The host's actor system.</param>
    /// <returns>The same builder.</returns>
    public static AkkaConfigurationBuilder WithAnalytics(this AkkaConfigurationBuilder akka) =>
        akka.WithActors((system, registry, resolver) =>
        {
            // A log that is away is tried again from the committed offset, after a while.
            var props = BackoffSupervisor.Props(Backoff.OnFailure(
                resolver.Props<ShardActor>(),
                "shard-0",
                minBackoff: TimeSpan.FromSeconds(1),
                maxBackoff: TimeSpan.FromSeconds(30),
                randomFactor: 0.2,
                maxNrOfRetries: -1));
            registry.Register<ShardActor>(system.ActorOf(props, "analytics"));
        });
}
