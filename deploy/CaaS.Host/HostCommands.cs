using System.CommandLine;

namespace CaaS.Host;

/// <summary>The host's commands: <c>demo</c>, <c>serve</c>, and <c>probe</c> for whoever keeps it alive.</summary>
internal static class HostCommands
{
    private const string DefaultUrls = "http://127.0.0.1:8080";

    private static readonly Option<string> Urls = new("--urls")
    {
        Description = "Addresses to listen on, joined by semicolons. Beyond loopback needs https, or Api:BehindProxy=true.",
        DefaultValueFactory = _ => DefaultUrls,
    };

    private static readonly Option<string?> ConfigFile = new("--config")
    {
        Description = "JSON configuration file. Environment variables CAAS_Section__Key win over it.",
    };

    private static readonly Option<string?> Kubeconfig = new("--kubeconfig")
    {
        Description = "Cluster to watch. Without it: the cluster this pod runs in, else this machine.",
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "Folder for everything that is kept. Made on first start, locked while running.",
        DefaultValueFactory = _ => Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "caas"),
    };

    /// <summary>The command line.</summary>
    /// <returns>The root command.</returns>
    public static RootCommand Root() => new("CaaS: the closed-loop AIOps platform for Kubernetes container clouds.")
    {
        Serve(),
        Demo(),
        Probe(),
    };

    private static Command Serve()
    {
        var command = new Command("serve", "Watch a cluster, or this machine when there is none.")
        {
            Kubeconfig, Data, ConfigFile, Urls,
        };
        command.SetAction((parsed, cancel) => PlatformRun.RunAsync(
            new HostSettings(
                parsed.GetRequiredValue(Data), parsed.GetRequiredValue(Urls), parsed.GetValue(Kubeconfig),
                parsed.GetValue(ConfigFile), IsDemo: false),
            cancel));
        return command;
    }

    private static Command Demo()
    {
        var command = new Command("demo", "Replay a recorded incident at speed, print the verdict, and serve it.")
        {
            ConfigFile, Urls,
        };
        command.SetAction((parsed, cancel) => PlatformRun.RunAsync(
            new HostSettings(
                Path.Combine(Path.GetTempPath(), $"caas-demo-{Environment.ProcessId}"),
                parsed.GetRequiredValue(Urls), null, parsed.GetValue(ConfigFile), IsDemo: true),
            cancel));
        return command;
    }

    private static Command Probe()
    {
        var url = new Argument<string>("url") { Description = "Address to ask, such as http://127.0.0.1:8080/readyz." };
        var command = new Command("probe", "Exit 0 when an address answers with success, 1 when it does not.") { url };
        command.SetAction(async (parsed, cancel) =>
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
            try
            {
                using var response = await http.GetAsync(new Uri(parsed.GetRequiredValue(url)), cancel);
                return response.IsSuccessStatusCode ? 0 : 1;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                return 1;
            }
        });
        return command;
    }
}
