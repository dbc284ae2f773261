using CaaS.Api;
using CaaS.Log;
using CaaS.Rca;
using CaaS.Rca.Ports;
using CaaS.Replay;

namespace CaaS.Host.Demo;

/// <summary>Appends a recording to the running platform's log, as fast as it goes, and says what the platform makes
/// of it.</summary>
internal sealed class DemoPlayer(
    Recording recording,
    DemoClock clock,
    ILog log,
    IIncidentStore incidents,
    IServiceProvider services,
    IConfiguration configuration,
    IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private const int ProgressSteps = 10;

    // Behind this many rounds of a quarter second without news the verdict has settled.
    private const int QuietRounds = 8;
    private const int MaxRounds = 240;

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        await Console.Out.WriteLineAsync(
            $"Replaying {recording.Entries.Length} records, {recording.Header.To - recording.Header.From:mm\\:ss} minutes of {recording.Header.Scope}.");
        await AppendAsync(stoppingToken);
        clock.RunOn();
        var incident = await VerdictAsync(stoppingToken);
        await Console.Out.WriteLineAsync(incident is null
            ? "No incident was found in the recording."
            : $"\n{incident.Title}\n{incident.Verdict}\n");
        var address = Addresses.Own(services);
        await Console.Out.WriteLineAsync($"Open the incident: {ApiShell.SignInLink(services, address)}");
        await Console.Out.WriteLineAsync(
            $"From a terminal: caas incidents --server {address.GetLeftPart(UriPartial.Authority)} --data {configuration["Platform:DataFolder"]}");
    }

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    private async Task AppendAsync(CancellationToken cancellationToken)
    {
        var signals = recording.Entries.Where(entry => entry.Topic == RecordedTopic.Signals).ToArray();
        for (var index = 0; index < signals.Length; index++)
        {
            clock.StandAt(signals[index].AppendedAt);
            await log.AppendAsync(Topics.Signals, 0, signals[index].Payload, cancellationToken);
            if ((index + 1) * ProgressSteps / signals.Length != index * ProgressSteps / signals.Length)
            {
                await Console.Out.WriteAsync($" {(index + 1) * 100 / signals.Length}%");
            }
        }

        await Console.Out.WriteLineAsync();
    }

    private async Task<Incident?> VerdictAsync(CancellationToken cancellationToken)
    {
        Incident? last = null;
        var quiet = 0;
        for (var round = 0; round < MaxRounds && quiet < QuietRounds; round++)
        {
            await Task.Delay(Round, cancellationToken);
            var listed = await incidents.ListAsync(recording.Header.Scope, openOnly: false, 1, cancellationToken);
            var newest = listed.Count > 0 ? listed[0] : null;
            quiet = newest is not null && newest.Revision == last?.Revision ? quiet + 1 : 0;
            last = newest;
        }

        return last;
    }
}
