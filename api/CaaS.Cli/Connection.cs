using System.CommandLine;
using CaaS.Client;

namespace CaaS.Cli;

/// <summary>How the commands reach a server: options for all of them, environment variables behind.</summary>
internal static class Connection
{
    /// <summary>The server cannot be reached, or does not know the token.</summary>
    public const int Unreachable = 2;

    private const string DefaultServer = "http://127.0.0.1:8080";

    private static readonly Option<Uri> Server = new("--server")
    {
        Description = $"Server's address (CAAS_SERVER; default {DefaultServer}).",
        Recursive = true,
        DefaultValueFactory = _ => new Uri(Environment.GetEnvironmentVariable("CAAS_SERVER") ?? DefaultServer),
    };

    private static readonly Option<string?> Token = new("--token")
    {
        Description = "Access token (CAAS_TOKEN; default the operator's token in the data folder).",
        Recursive = true,
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "Data folder of a server on this machine.",
        Recursive = true,
        DefaultValueFactory = _ => Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "caas"),
    };

    /// <summary>Adds the options to every command.</summary>
    /// <param name="root">Root command.</param>
    public static void AddTo(RootCommand root)
    {
        root.Add(Server);
        root.Add(Token);
        root.Add(Data);
    }

    /// <summary>The data folder that was named.</summary>
    /// <param name="parsed">Command line.</param>
    /// <returns>Its path.</returns>
    public static string DataFolder(ParseResult parsed) => parsed.GetRequiredValue(Data);

    /// <summary>Runs a command against the server and turns its failures into exit codes.</summary>
    /// <param name="parsed">Command line.</param>
    /// <param name="command">The command; answers its exit code.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ParseResult parsed, Func<CaaSClient, Task<int>> command)
    {
        var server = parsed.GetRequiredValue(Server);
        try
        {
            return await command(CaaSClient.Connect(server, FindToken(parsed)));
        }
        catch (HttpRequestException e)
        {
            await Console.Error.WriteLineAsync($"caas: {server} cannot be reached: {e.Message}");
            return Unreachable;
        }
        catch (CaaSClientException e)
        {
            var isUnknown = e.Status is System.Net.HttpStatusCode.Unauthorized or System.Net.HttpStatusCode.Forbidden;
            await Console.Error.WriteLineAsync($"caas: {e.Message}{(isUnknown ? " Name a token with --token, CAAS_TOKEN or --data." : "")}");
            return isUnknown ? Unreachable : 1;
        }
    }

    private static string FindToken(ParseResult parsed)
    {
        if ((parsed.GetValue(Token) ?? Environment.GetEnvironmentVariable("CAAS_TOKEN")) is { Length: > 0 } token)
        {
            return token;
        }

        var file = Path.Combine(DataFolder(parsed), "operator-token");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : "";
    }
}
