using System.Diagnostics.Metrics;

namespace CaaS.Rca.Tests.Runtime;

/// <summary>Meters nobody listens to.</summary>
internal sealed class OwnMeters : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options);

    public void Dispose()
    {
    }
}
