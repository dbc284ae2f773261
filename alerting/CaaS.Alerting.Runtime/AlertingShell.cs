using Akka.Hosting;
using Akka.Pattern;
using CaaS.Alerting.Ports;
using CaaS.Alerting.Runtime.Models;
using CaaS.Alerting.Runtime.Receivers;
using CaaS.Alerting.Runtime.Receivers.Webhook;
using CaaS.Alerting.Runtime.Store;
using CaaS.Analytics.Models;
using CaaS.Analytics.Ports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CaaS.Alerting.Runtime;

/// <summary>How a host runs alerting: its store, its actor, its receivers.</summary>
public static class AlertingShell
{
    /// <summary>Consumer group of this stage on the topics it reads.</summary>
    public const string Group = "alerting";

    /// <summary>Adds the store, the sender and the receivers. <c>ILog</c> and <c>TimeProvider</c> come from
    /// elsewhere.</summary>
    /// <param name="services">Services of the host.</param>
    /// <param name="configuration">Configuration with the section <c>Alerting</c>.</param>
    /// <param name="database">Chooses the database.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAlerting(
        this IServiceCollection services,
        IConfiguration configuration,
        Action<DbContextOptionsBuilder> database)
    {
        services.AddOptions<AlertingOptions>().Bind(configuration.GetSection(AlertingOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection(AlertingOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidation>();
        services.AddDbContextFactory<AlertingContext>(options =>
        {
            database(options);
            AlertingContext.KeepOwnMigrations(options);
        });
        services.AddSingleton<AlertingDatabase>();
        services.AddSingleton<AlertStore>();
        services.AddSingleton<IAlertStore>(provider => provider.GetRequiredService<AlertStore>());
        services.AddSingleton<IFeedbackStore, FeedbackStore>();
        services.AddOptions<ModelOptions>().Bind(configuration.GetSection(ModelOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ActiveModel>();
        services.AddSingleton<ModelKeeper>();
        services.AddSingleton<IModelRegistry>(provider => provider.GetRequiredService<ModelKeeper>());
        services.AddHostedService(provider => provider.GetRequiredService<ModelKeeper>());
        services.AddSingleton<AlertingMeter>();
        services.AddSingleton(WebhookReceiver.FromOptions);
        services.AddSingleton<NotificationSender>();
        services.AddHostedService(provider => provider.GetRequiredService<NotificationSender>());
        return services;
    }

    /// <summary>Starts the actor that steps the core.</summary>
    /// <param name="akka">The host's actor system.</param>
    /// <returns>The same builder.</returns>
    public static AkkaConfigurationBuilder WithAlerting(this AkkaConfigurationBuilder akka) =>
        akka.WithActors((system, registry, resolver) =>
        {
            // A failed step (store or log away) is tried again from the committed offset, not at once and not for
            // ever in a row.
            var props = BackoffSupervisor.Props(Backoff.OnFailure(
                resolver.Props<AlertingActor>(),
                "alerting",
                minBackoff: TimeSpan.FromSeconds(1),
                maxBackoff: TimeSpan.FromSeconds(30),
                randomFactor: 0.2,
                maxNrOfRetries: -1));
            registry.Register<AlertingActor>(system.ActorOf(props, "alerting-supervisor"));
        });
}
