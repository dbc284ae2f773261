using CaaS.History;
using CaaS.Ingest.Tests.Log;
using CaaS.Log;
using CaaS.Log.Segments;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CaaS.Ingest.Tests.History;

public sealed class RegistrationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_container_gives_the_log_the_history_and_its_feed()
    {
        await using var services = Build(new() { ["Log:SegmentBytes"] = "70000", ["History:MergeCount"] = "3" });

        Assert.IsType<SegmentLog>(services.GetRequiredService<ILog>());
        Assert.Equal(0, services.GetRequiredService<IHistory>().NextOffset);
        Assert.IsType<HistoryFeed>(Assert.Single(services.GetServices<IHostedService>()));
        Assert.Equal(70_000, services.GetRequiredService<IOptions<LogOptions>>().Value.SegmentBytes);
        Assert.Equal(3, services.GetRequiredService<IOptions<HistoryOptions>>().Value.MergeCount);
    }

    [Theory]
    [InlineData("Log:Kind", "Redis", "Kind")]
    [InlineData("Log:Kind", "Kafka", "Log:BootstrapServers must name a broker")]
    [InlineData("Log:RetentionAge", "-00:00:01", "Log:RetentionAge must be positive")]
    [InlineData("Log:DiskBudgetBytes", "5", "DiskBudgetBytes")]
    [InlineData("History:HeadMaxAge", "00:00:00", "History:HeadMaxAge must be positive")]
    public async Task A_setting_that_cannot_be_stops_the_start_and_is_named(string key, string value, string told)
    {
        await using var services = Build(new() { [key] = value });

        var wrong = Assert.ThrowsAny<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(told, wrong.Message, StringComparison.Ordinal);
    }

    private ServiceProvider Build(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection()
            .AddSingleton<TimeProvider>(new FakeTimeProvider())
            .AddLogging()
            .AddCaasLog(configuration, _folder.Path)
            .AddCaasHistory(configuration)
            .BuildServiceProvider();
    }
}
