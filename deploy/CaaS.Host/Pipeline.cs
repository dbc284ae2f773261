using Akka.Hosting;
using CaaS.Alerting.Runtime;
using CaaS.Analytics.Runtime;
using CaaS.Api;
using CaaS.Api.Platform;
using CaaS.History;
using CaaS.Host.Checks;
using CaaS.Host.Demo;
using CaaS.Ingest.Runtime;
using CaaS.Log;
using CaaS.Orchestration.Runtime;
using CaaS.Rca.Runtime;
using CaaS.Web;

namespace CaaS.Host;

/// <summary>The platform, put together in the order data flows.</summary>
internal static class Pipeline
{
    private const string ActorSystem = "caas";

    /// <summary>Builds the application; nothing runs yet.</summary>
    /// <param name="settings">What the command line says.</param>
    /// <returns>The application.</returns>
    public static WebApplication Build(HostSettings settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        HostConfiguration.Apply(builder, settings);
        var (services, configuration) = (builder.Services, builder.Configuration);

        AddClock(services, settings);

        // carry and keep
        services.AddCaasLog(configuration, settings.DataFolder);
        services.AddCaasHistory(configuration);

        // collect → detect → explain → act → tell
        var database = Database.In(settings.DataFolder);
        services.AddIngest(configuration);
        services.AddAnalytics(configuration);
        services.AddRca(configuration, database);
        services.AddOrchestration(configuration, database);
        services.AddAlerting(configuration, database);
        services.AddAkka(ActorSystem, akka => (settings.IsDemo ? akka : akka.WithIngest())
            .WithAnalytics().WithRca().WithOrchestration().WithAlerting());

        // show
        services.AddApi(configuration, database);
        services.AddSingleton<IDoctorCheck, RightsToWatch>();
        services.AddSingleton<IDoctorCheck, RightsToOperate>();
        services.AddSingleton<IDoctorCheck, CephRead>();
        services.AddCaaSWeb(Addresses.Own, ApiShell.SessionClaim);

        var app = builder.Build();
        app.UseApi();
        app.UseAntiforgery();
        app.MapStaticAssets();

        // Agents have no users: the TokenFile of Ingest:Otlp and Ingest:Flows asks them for a token of their own.
        app.MapIngest().AllowAnonymous();
        app.MapApi();
        app.MapCaaSWeb();
        return app;
    }

    private static void AddClock(IServiceCollection services, HostSettings settings)
    {
        if (!settings.IsDemo)
        {
            services.AddSingleton(TimeProvider.System);
            services.AddHostedService<Greeting>();
            return;
        }

        var recording = DemoRecording.Read();
        var clock = new DemoClock(recording.Header.From);
        services.AddSingleton(clock);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(recording);
        services.AddHostedService<DemoPlayer>();
    }
}
