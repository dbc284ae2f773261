namespace CaaS.Benchmarks.HardSet;

/// <summary>One edge of the topology that is no call.</summary>
/// <param name="From">What depends.</param>
/// <param name="To">What it depends on.</param>
/// <param name="Sort">runs-on, mounts or asks.</param>
internal readonly record struct HardLink(int From, int To, string Sort);
