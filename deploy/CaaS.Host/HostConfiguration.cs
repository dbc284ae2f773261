using CaaS.Api;

namespace CaaS.Host;

/// <summary>Where settings come from, the later winning: built-in, configuration file, environment, command
/// line.</summary>
internal static class HostConfiguration
{
    private const string EnvironmentPrefix = "CAAS_";

    // A demo has no world to watch: its time is the recording's, and only what was recorded is appended.
    private static readonly Dictionary<string, string?> Demo = new()
    {
        ["Log:GroupCommitMs"] = "0",
        ["Orchestration:Recording"] = "true",
        ["Platform:Replay"] = "true",
    };

    /// <summary>Puts them together.</summary>
    /// <param name="builder">Application to configure.</param>
    /// <param name="settings">What the command line says.</param>
    /// <exception cref="FileNotFoundException">The configuration file is not there.</exception>
    public static void Apply(WebApplicationBuilder builder, HostSettings settings)
    {
        var configuration = builder.Configuration;
        if (settings.ConfigFile is { } file)
        {
            configuration.AddJsonFile(Path.GetFullPath(file), optional: false);
        }

        configuration.AddEnvironmentVariables(EnvironmentPrefix);
        if (settings.IsDemo)
        {
            configuration.AddInMemoryCollection(Demo);
        }

        configuration["Platform:DataFolder"] = Path.GetFullPath(settings.DataFolder);
        if (settings.Kubeconfig is { } kubeconfig)
        {
            configuration["Ingest:Kubernetes:Kubeconfig"] = Path.GetFullPath(kubeconfig);
        }

        var refusals = ListenGuard.Refusals([settings.Urls], configuration.GetValue<bool>("Api:BehindProxy"));
        if (refusals.Count > 0)
        {
            throw new InvalidDataException(string.Join('\n', refusals));
        }

        // A build that was not published serves the pages' files from where their packages keep them.
        builder.WebHost.UseStaticWebAssets().UseUrls(settings.Urls);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.UseUtcTimestamp = true;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning)
            .AddFilter("Akka", LogLevel.Warning);
    }
}
