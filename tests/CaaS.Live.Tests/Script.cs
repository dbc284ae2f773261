using System.Diagnostics;

namespace CaaS.Live.Tests;

/// <summary>Runs one of the project's scripts to its end.</summary>
internal static class Script
{
    /// <summary>Runs a script and fails with its output when it fails.</summary>
    /// <param name="path">Path from the root of the tree.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="limit">Longest time it may take.</param>
    /// <returns>What it printed on standard output.</returns>
    public static async Task<string> RunAsync(string path, string arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo("bash", $"{Path.Combine(Live.Root, path)} {arguments}")
        {
            WorkingDirectory = Live.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        using var timeout = new CancellationTokenSource(limit);
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var errors = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{path} {arguments} took more than {limit}.");
        }

        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"{path} {arguments} ended with {process.ExitCode}:\n{await output}\n{await errors}");
    }
}
