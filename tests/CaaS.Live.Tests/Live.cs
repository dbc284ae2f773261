using Xunit;

namespace CaaS.Live.Tests;

/// <summary>Says whether live tests run here. With CAAS_LIVE=1 whatever is missing fails; without it they are
/// skipped.</summary>
internal static class Live
{
    /// <summary>Root of the checked-out tree.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>True when live tests were asked for.</summary>
    public static bool IsOn => Environment.GetEnvironmentVariable("CAAS_LIVE") == "1";

    /// <summary>True when every live case was asked for.</summary>
    public static bool IsFull => Environment.GetEnvironmentVariable("CAAS_LIVE_FULL") == "1";

    /// <summary>Folder that recordings of the faults are written to, or null for none.</summary>
    public static string? RecordTo => Environment.GetEnvironmentVariable("CAAS_LIVE_RECORD");

    /// <summary>Skips the test unless live tests were asked for.</summary>
    public static void Require() =>
        Assert.SkipUnless(IsOn, "Set CAAS_LIVE=1 (Debian 12, root) to run against a real cluster.");

    /// <summary>Skips the test unless every live case was asked for.</summary>
    public static void RequireFull()
    {
        Require();
        Assert.SkipUnless(IsFull, ".ci/run --full (CAAS_LIVE_FULL=1) runs this one too.");
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "CaaS.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("No CaaS.sln above the tests.");
        }

        return directory.FullName;
    }
}
