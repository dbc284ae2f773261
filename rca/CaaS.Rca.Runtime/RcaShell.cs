using Akka.DependencyInjection;
using Akka.Hosting;
using Akka.Pattern;
using CaaS.Rca.Ports;
using CaaS.Rca.Inquiry;
using CaaS.Rca.Priors;
using CaaS.Rca.Runtime.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CaaS.Rca.Runtime;

/// <summary>Puts root-cause analysis into a host: settings, stores, and the actor that runs the core.</summary>
public static class RcaShell
{
    private const string MigrationsTable = "rca_migrations";

    /// <summary>Registers options, the stores, the live topology and metrics.</summary>
    /// <param name="services">Services of the host; it must also bring <c>ILog</c> and <c>TimeProvider</c>.</param>
    /// <param name="configuration">Configuration that holds the section <c>Rca</c>.</param>
    /// <param name="database">Chooses the database; the shell adds its own migrations table.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddRca(
        this IServiceCollection services, IConfiguration configuration, Action<DbContextOptionsBuilder> database)
    {
        services.AddOptions<RcaOptions>().Bind(configuration.GetSection(RcaOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        // Parts of the options above, bound apart because validation does not look inside.
        services.AddOptions<CauseOptions>().Bind(configuration.GetSection(CauseOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<CauseFeedbackOptions>().Bind(configuration.GetSection(CauseFeedbackOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddDbContextFactory<RcaDbContext>(options =>
        {
            database(options);
            var relational = RelationalOptionsExtension.Extract(options.Options);
            ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(
                relational.WithMigrationsHistoryTableName(MigrationsTable)
                    .WithMigrationsAssembly(typeof(RcaDbContext).Assembly.GetName().Name));
        });
        services.AddSingleton<IIncidentStore, IncidentStore>();
        services.AddSingleton<ICauseFeedbackStore, CauseFeedbackStore>();
        services.AddSingleton<LiveTopology>();
        services.AddSingleton<ITopology>(provider => provider.GetRequiredService<LiveTopology>());
        services.AddSingleton<RcaMetrics>();
        services.AddTransient<RcaFeed>();
        return services;
    }

    /// <summary>Starts the actor; when it fails it starts anew from the log and the store, ever more slowly.</summary>
    /// <param name="akka">Actor system of the host.</param>
    /// <returns>The builder.</returns>
    public static AkkaConfigurationBuilder WithRca(this AkkaConfigurationBuilder akka) =>
        akka.WithActors((system, registry) =>
        {
            var worker = DependencyResolver.For(system).Props<RcaActor>();
            var supervisor = BackoffSupervisor.Props(Backoff.OnFailure(
                worker, "rca", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), 0.2, maxNrOfRetries: -1));
            registry.Register<RcaActor>(system.ActorOf(supervisor, "rca-supervisor"));
        });
}
