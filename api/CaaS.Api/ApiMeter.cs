using System.Diagnostics.Metrics;

namespace CaaS.Api;

/// <summary>What the API counts.</summary>
internal sealed class ApiMeter
{
    private readonly Counter<long> _commands;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _feedsEnded;
    private readonly UpDownCounter<int> _feeds;

    public ApiMeter(IMeterFactory factory)
    {
        var meter = factory.Create("CaaS.Api");
        _commands = meter.CreateCounter<long>("caas_api_commands_sent", description: "Commands, by verb and state.");
        _refused = meter.CreateCounter<long>("caas_api_requests_refused", description: "Requests refused, by reason.");
        _feedsEnded = meter.CreateCounter<long>("caas_api_feeds_ended", description: "Feeds ended, by reason.");
        _feeds = meter.CreateUpDownCounter<int>("caas_api_feeds_open", description: "Live feeds.");
    }

    public void Sent(string verb, string state) => _commands.Add(
        1, new KeyValuePair<string, object?>("verb", verb), new KeyValuePair<string, object?>("state", state));

    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void FeedOpened() => _feeds.Add(1);

    public void FeedEnded(string reason)
    {
        _feeds.Add(-1);
        _feedsEnded.Add(1, new KeyValuePair<string, object?>("reason", reason));
    }
}
