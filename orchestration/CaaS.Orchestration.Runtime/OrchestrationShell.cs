using Akka.Hosting;
using Akka.Pattern;
using CaaS.Orchestration.Ports;
using CaaS.Orchestration.Runtime.Kubernetes;
using CaaS.Orchestration.Runtime.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CaaS.Orchestration.Runtime;

/// <summary>Wires the stage; called by the host only.</summary>
public static class OrchestrationShell
{
    private static readonly TimeSpan BackoffMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BackoffMax = TimeSpan.FromSeconds(30);

    /// <summary>Registers the ledger, the policies, the executor and the options.</summary>
    /// <param name="services">Services; must also hold the log and a time provider.</param>
    /// <param name="configuration">Configuration.</param>
    /// <param name="database">Chooses the shared database.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddOrchestration(
        this IServiceCollection services, IConfiguration configuration, Action<DbContextOptionsBuilder> database)
    {
        services.AddOptions<OperationsOptions>()
            .Bind(configuration.GetSection(OperationsOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OrchestrationShellOptions>()
            .Bind(configuration.GetSection(OperationsOptions.Section)).ValidateOnStart();
        services.AddOptions<KubernetesOptions>()
            .Bind(configuration.GetSection(KubernetesOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<OperationsOptions>, OperationsOptionsValidator>();
        services.AddDbContextFactory<OrchestrationContext>(builder =>
        {
            database(builder);
            OwnMigrations(builder);
        });
        services.AddSingleton(provider => new KillSwitchFile(
            provider.GetRequiredService<IOptions<OrchestrationShellOptions>>(), configuration));
        services.AddSingleton<OperationStore>();
        services.AddSingleton<IOperationStore>(provider => provider.GetRequiredService<OperationStore>());
        services.AddSingleton<PolicyStore>();
        services.AddSingleton<IPolicyStore>(provider => provider.GetRequiredService<PolicyStore>());
        services.AddHostedService<OrchestrationStart>();
        services.AddMetrics();
        services.AddSingleton<OrchestrationMeters>();
        services.AddSingleton<OperationsPersistence>();
        services.AddSingleton<ClusterToActOn>();
        services.AddSingleton(provider => new OperatorAccess(
            provider.GetRequiredService<ClusterToActOn>().Calls is { } calls ? new AccessReview(calls) : null));
        services.TryAddSingleton<IExecutor>(provider =>
            provider.GetRequiredService<IOptions<OrchestrationShellOptions>>().Value.Recording
                ? ActivatorUtilities.CreateInstance<RecordedCluster>(provider)
                : provider.GetRequiredService<ClusterToActOn>().Executor());
        return services;
    }

    /// <summary>Starts the actor that owns the engine.</summary>
    /// <param name="akka">Actor system.</param>
    /// <returns>The same builder.</returns>
    public static AkkaConfigurationBuilder WithOrchestration(this AkkaConfigurationBuilder akka) =>
        akka.WithActors((system, registry, resolver) =>
        {
            var backoff = Backoff.OnFailure(
                resolver.Props<OperationsActor>(), "engine", BackoffMin, BackoffMax, randomFactor: 0.2, maxNrOfRetries: -1);
            registry.Register<OperationsActor>(system.ActorOf(BackoffSupervisor.Props(backoff), "orchestration"));
        });

    /// <summary>All stages share one database, so each keeps its own list of migrations.</summary>
    private static void OwnMigrations(DbContextOptionsBuilder builder)
    {
        var relational = builder.Options.Extensions.OfType<RelationalOptionsExtension>().Single();
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(relational
            .WithMigrationsHistoryTableName(OrchestrationContext.MigrationsTable)
            .WithMigrationsAssembly(typeof(OrchestrationContext).Assembly.GetName().Name));
        builder.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
    }
}
