using CaaS.Log;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CaaS.Ingest.Tests.Log;

/// <summary>The contract, kept by the embedded log.</summary>
public sealed class SegmentLogContractTests : LogContract, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private DataFolder? _data;
    private ILog? _log;

    protected override FakeTimeProvider Time { get; } = new(Start);

    protected override ILog Log => _log!;

    public ValueTask InitializeAsync()
    {
        _data = DataFolder.Open(_folder.Path);
        _log = LogFactory.Open(new LogOptions(), _data, Time);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _log!.DisposeAsync();
        _data!.Dispose();
        _folder.Dispose();
    }

    protected override int NextPartition() => 0;

    protected override async Task ReopenAsync()
    {
        await _log!.DisposeAsync();
        _data!.Dispose();
        await InitializeAsync();
    }
}
