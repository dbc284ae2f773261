using CaaS.Cli;
using CaaS.Signals;
using Xunit;

namespace CaaS.Api.Tests.Cli;

public sealed class CliTests : IAsyncLifetime
{
    private static readonly string[] Arguments = ["verdict", "entity", "faultClass", "rank", "note"];

    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private ApiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _output.DisposeAsync();
        await _errors.DisposeAsync();
    }

    [Fact]
    public async Task Incidents_and_operations_are_shown_for_people_and_for_programs()
    {
        Assert.Equal(0, await RunAsync("incidents"));
        Assert.Equal(0, await RunAsync("incident", "show", "i1"));
        Assert.Equal(0, await RunAsync("operations"));
        Assert.Equal(0, await RunAsync("documents", "search", "rollout", "undo"));
        Assert.Equal(0, await RunAsync("documents", "search", "certificates"));
        Assert.Equal(0, await RunAsync("incidents", "accuracy"));
        Assert.Equal(0, await RunAsync("incidents", "feedback", "i1"));
        Assert.Equal(0, await RunAsync("models"));
        Assert.Equal(0, await RunAsync("topology", "--from", "-1h"));
        CaaS.Testing.Golden.Check("cli.txt", _output.ToString());

        _output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync("incidents", "--json"));
        Assert.Contains("\"faultClass\": \"bad-release\"", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_decided_is_sent_and_a_refusal_is_told_by_the_exit_code()
    {
        Assert.Equal(0, await RunAsync("ack", "i1"));
        Assert.Equal(0, await RunAsync("silence", "i1", "--for", "2h", "--reason", "known"));
        Assert.Equal(0, await RunAsync("silence", "shop/Deployment/cart", "--for", "30m", "--reason", "known"));
        Assert.Equal(0, await RunAsync("approve", "o1"));
        Assert.Equal(0, await RunAsync("reject", "o1", "--reason", "no"));
        Assert.Equal(
            [
                "alert.acknowledge i1", "alert.silence i1 2026-09-01T14:00:00.0000000Z", "alert.silence  2026-09-01T12:30:00.0000000Z",
                "operation.approve o1", "operation.reject o1",
            ],
            _host.Stages.Commands.Select(command =>
                $"{command.Verb} {command.Target} {command.Arguments.GetValueOrDefault("until", "")}".TrimEnd()));

        _host.Stages.Answer = command => new CommandOutcome(command.Id, false, "It has lapsed.", "");
        Assert.Equal(ExitCodes.Refused, await RunAsync("approve", "o1"));
        Assert.Contains("It has lapsed.", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Refused, await RunAsync("incident", "show", "nope"));
        Assert.Equal(ExitCodes.Refused, await RunAsync("silence", "i1", "--for", "soon", "--reason", "x"));
    }

    [Fact]
    public async Task What_would_have_fired_and_what_will_come_is_shown_for_people_and_for_programs()
    {
        var from = ApiHost.Now.AddHours(-2);
        _host.Stages.Measure(
            "queue_length", from, ApiHost.Now,
            at => at >= ApiHost.Now.AddMinutes(-6) && at < ApiHost.Now.AddMinutes(-2) ? 50 : 3);
        _host.Stages.Measure("kubelet_volume_stats_used_bytes", from, ApiHost.Now, at => 1e9 + ((at - from).TotalMinutes * 1e7));
        _host.Stages.Measure("kubelet_volume_stats_capacity_bytes", from, ApiHost.Now, _ => 5e9);
        string[] backtest = ["backtest", "queue_length", "--entity", "shop/Deployment/cart", "--from", "-1h"];
        string[] forecast = ["forecast", "kubelet_volume_stats_used_bytes", "--from", "-2h", "--horizon", "12h"];

        Assert.Equal(0, await RunAsync([.. backtest, "--above", "10", "--for", "1m"]));
        Assert.Equal(0, await RunAsync([.. backtest, "--above", "100"]));
        Assert.Equal(0, await RunAsync("backtest", "nothing", "--above", "1"));
        Assert.Equal(0, await RunAsync(forecast));
        Assert.Equal(0, await RunAsync("forecast", "nothing"));
        CaaS.Testing.Golden.Check("cli-analysis.txt", _output.ToString());

        _output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync([.. backtest, "--detector", "ensemble", "--json"]));
        Assert.Contains("\"relation\": \"sameEntity\"", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync([.. forecast, "--json"]));
        Assert.Contains("\"limitFrom\": \"kubelet_volume_stats_capacity_bytes\"", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Refused, await RunAsync(backtest));
        Assert.Equal(ExitCodes.Refused, await RunAsync([.. backtest, "--above", "1", "--label", "nonsense"]));
        Assert.Equal(ExitCodes.Refused, await RunAsync([.. backtest, "--above", "1", "--for", "soon"]));
    }

    [Fact]
    public async Task What_people_say_of_an_incident_is_sent_with_the_place_of_the_cause_that_is_confirmed()
    {
        Assert.Equal(0, await RunAsync("incidents", "feedback", "i1", "--confirmed", "--note", "ok"));
        Assert.Equal(0, await RunAsync("incidents", "feedback", "i1", "--confirmed", "--cause", "shop/Deployment/stock"));
        Assert.Equal(0, await RunAsync("incidents", "feedback", "i1", "--wrong", "--cause", "-/Node/node1", "--fault", "node-lost"));
        Assert.Equal(0, await RunAsync("incidents", "feedback", "i1", "--noise"));
        Assert.Equal(0, await RunAsync("models", "promote", "2"));
        Assert.Equal(0, await RunAsync("models", "rollback"));
        Assert.Equal(ExitCodes.Refused, await RunAsync("incidents", "feedback", "i1", "--noise", "--wrong"));

        Assert.Equal(
            [
                "alert.feedback i1 confirmed shop/Deployment/cart bad-release 1 ok",
                "alert.feedback i1 confirmed shop/Deployment/stock  0",
                "alert.feedback i1 wrong -/Node/node1 node-lost 0",
                "alert.feedback i1 noise   0",
                "model.promote 2",
                "model.rollback",
            ],
            _host.Stages.Commands.Select(command => string.Join(
                ' ',
                Arguments.Select(name => command.Arguments.GetValueOrDefault(name, ""))
                    .Prepend(command.Target).Prepend(command.Verb)).TrimEnd()));
    }

    [Fact]
    public async Task A_server_or_token_that_is_not_there_is_told_by_the_exit_code()
    {
        Assert.Equal(ExitCodes.Unreachable, await RunAsync("incidents", "--token", "caas_op_wrong"));
        Assert.Equal(ExitCodes.Unreachable, await RunAsync("incidents", "--server", "http://127.0.0.1:1/"));
        Assert.Equal(ExitCodes.Unreachable, await RunAsync("replay", "/nowhere.caasrec"));
    }

    [Fact]
    public async Task A_recording_is_written_and_a_torn_one_not_replayed()
    {
        await _host.Log.AppendAsync(
            CaaS.Log.Topics.Signals, 0, SignalBatchCodec.Encode(SignalBatch.Tick(Scope.Default)), TestContext.Current.CancellationToken);
        var file = Path.Combine(_host.Data, "a.caasrec");
        _host.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, await RunAsync("record", "--from", "-5m", "--out", file));
        _output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync("replay", file, "--json"));

        Assert.Equal("{\"incidents\":[]}\n", _output.ToString().ReplaceLineEndings("\n"));
        await using (var torn = File.OpenWrite(file))
        {
            torn.SetLength(torn.Length - 1);
        }

        Assert.Equal(ExitCodes.Refused, await RunAsync("replay", file));
    }

    [Fact]
    public async Task The_doctor_says_what_is_wrong_and_what_to_do()
    {
        Assert.Equal(ExitCodes.Refused, await RunAsync("doctor"));
        var text = _output.ToString();
        Assert.Contains("ok     server", text, StringComparison.Ordinal);
        Assert.Contains("ok     operator-token", text, StringComparison.Ordinal);
        Assert.Contains("WRONG  data-version", text, StringComparison.Ordinal);
        Assert.Contains("fix:", text, StringComparison.Ordinal);
        var now = ApiHost.Now;
        Assert.True(DoctorCommand.Clock(now, now.AddSeconds(-1), now.AddSeconds(1)).Ok);
        Assert.False(DoctorCommand.Clock(now.AddSeconds(9), now.AddSeconds(-1), now.AddSeconds(1)).Ok);
        Assert.False(DoctorCommand.Clock(now.AddSeconds(-9), now.AddSeconds(-1), now.AddSeconds(1)).Ok);
    }

    private Task<int> RunAsync(params string[] arguments) =>
        CaasCommands.Root(_output, _errors)
            .Parse([.. arguments.Contains("--server") ? [] : new[] { "--server", _host.Address.ToString() }, "--data", _host.Data, .. arguments])
            .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
}
