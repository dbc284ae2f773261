using System.CommandLine;
using System.Net;
using System.Text.Json;
using CaaS.Client;
using CaaS.Client.Wire;

namespace CaaS.Cli;

/// <summary>What every command needs: the server, the token, and where to write.</summary>
internal sealed class Run(TextWriter output, TextWriter errors)
{
    /// <summary>File in the data folder with the first operator's token.</summary>
    public const string TokenFile = "operator-token";

    private static readonly JsonSerializerOptions Indented = new(CaaSJson.Options) { WriteIndented = true };

    private readonly Option<string> _server = new("--server")
    {
        Description = "Address of the server; also CAAS_SERVER.",
        Recursive = true,
        DefaultValueFactory = _ =>
            Environment.GetEnvironmentVariable("CAAS_SERVER") is { Length: > 0 } server ? server : "http://127.0.0.1:8080",
    };

    private readonly Option<string> _token = new("--token")
    {
        Description = "Token to authenticate with; better CAAS_TOKEN, since other users can see command lines.",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CAAS_TOKEN") ?? "",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Answer as JSON.", Recursive = true };

    /// <summary>The server's data folder, for its operator token and for the doctor.</summary>
    public Option<string> Data { get; } = new("--data")
    {
        Description = "Data folder of a server on this machine: its operator-token is used when no token is given.",
        Recursive = true,
        DefaultValueFactory = _ => Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "caas"),
    };

    /// <summary>Where answers go.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Where reasons go.</summary>
    public TextWriter Errors { get; } = errors;

    public void AddOptions(RootCommand root)
    {
        root.Options.Add(_server);
        root.Options.Add(_token);
        root.Options.Add(Data);
        root.Options.Add(_json);
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <exception cref="FormatException">What was given is no address.</exception>
    public Uri Server(ParseResult parsed) =>
        Uri.TryCreate(parsed.GetRequiredValue(_server), UriKind.Absolute, out var server)
        && server.Scheme is "http" or "https"
            ? server
            : throw new FormatException($"'{parsed.GetValue(_server)}' is no address such as http://127.0.0.1:8080.");

    public CaaSClient Client(ParseResult parsed)
    {
        var token = parsed.GetValue(_token) ?? "";
        var file = Path.Combine(parsed.GetRequiredValue(Data), TokenFile);
        if (token.Length == 0 && File.Exists(file))
        {
            token = File.ReadAllText(file).Trim();
        }

        return CaaSClient.Connect(Server(parsed), token);
    }

    /// <summary>Makes a command do something against the server, and says what went wrong.</summary>
    public Command Bind(Command command, Func<ParseResult, CaaSClient, CancellationToken, Task<int>> act)
    {
        command.SetAction((parsed, cancel) => GuardAsync(() => act(parsed, Client(parsed), cancel)));
        return command;
    }

    /// <summary>Turns expected failures into a sentence and an exit code.</summary>
    public async Task<int> GuardAsync(Func<Task<int>> act)
    {
        try
        {
            return await act().ConfigureAwait(false);
        }
        catch (CaaSClientException e) when (e.Status is HttpStatusCode.Unauthorized)
        {
            return await FailAsync("The server does not know this token. Give --token, CAAS_TOKEN or --data.", ExitCodes.Unreachable).ConfigureAwait(false);
        }
        catch (CaaSClientException e) when (e.Status is HttpStatusCode.Forbidden)
        {
            return await FailAsync("This token may not do that; it needs the role operator.", ExitCodes.Unreachable).ConfigureAwait(false);
        }
        catch (CaaSClientException e)
        {
            return await FailAsync(e.Message, ExitCodes.Refused).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            return await FailAsync(e.Message, ExitCodes.Unreachable).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            return await FailAsync(e.Message, ExitCodes.Refused).ConfigureAwait(false);
        }
    }

    public async Task<int> FailAsync(string why, int code)
    {
        await Errors.WriteLineAsync($"caas: {why}").ConfigureAwait(false);
        return code;
    }

    public Task JsonAsync<T>(T answer) => Output.WriteLineAsync(JsonSerializer.Serialize(answer, Indented));

    /// <summary>Says what became of a command.</summary>
    public async Task<int> TellAsync(ParseResult parsed, Outcome outcome, string done)
    {
        if (IsJson(parsed))
        {
            await JsonAsync(outcome).ConfigureAwait(false);
        }
        else if (outcome.State != OutcomeState.Refused)
        {
            await Output.WriteLineAsync(outcome.IsDone ? done : $"Accepted as {outcome.CommandId}; nobody has answered yet.").ConfigureAwait(false);
        }

        return outcome.State switch
        {
            OutcomeState.Done => ExitCodes.Done,
            OutcomeState.Pending => ExitCodes.Pending,
            _ => await FailAsync(outcome.Why, ExitCodes.Refused).ConfigureAwait(false),
        };
    }
}
