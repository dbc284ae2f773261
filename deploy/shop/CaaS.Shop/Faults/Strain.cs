using System.Runtime.InteropServices;

namespace CaaS.Shop.Faults;

/// <summary>Uses up what a pod shares with others: CPU, memory, disk.</summary>
internal static class Strain
{
    private const int MiB = 1 << 20;

    /// <summary>The batch-sized threads a pod may burn: a machine's worth, not a fork bomb.</summary>
    private const int ThreadCountMax = 16;

    /// <summary>More than this would fill the machine rather than the pod.</summary>
    private const int DiskMiBMax = 4096;

    /// <summary>Computes on threads of their own until the token ends it.</summary>
    public static void Burn(int threadCount, CancellationToken end)
    {
        for (var index = 0; index < Math.Min(threadCount, ThreadCountMax); index++)
        {
            new Thread(() =>
            {
                while (!end.IsCancellationRequested)
                {
                    _ = Work.Compute(1000);
                }
            })
            { IsBackground = true }.Start();
        }
    }

    /// <summary>Takes native memory four times a second, and touches it, so that it counts against the limit.</summary>
    /// <remarks>Native, because the runtime would end a managed leak with an exception before the kernel
    /// does.</remarks>
    public static async Task LeakAsync(double miBPerSecond, TimeProvider time, CancellationToken end)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250), time);
        while (await timer.WaitForNextTickAsync(end))
        {
            var size = (int)(miBPerSecond * MiB / 4);
            var slice = new byte[Math.Min(size, MiB)];
            slice.AsSpan().Fill(1);
            for (var left = size; left > 0; left -= slice.Length)
            {
                Marshal.Copy(slice, 0, Marshal.AllocHGlobal(slice.Length), slice.Length);
            }
        }
    }

    /// <summary>Writes a file and holds it until the token ends it.</summary>
    public static async Task FillDiskAsync(double miB, CancellationToken end)
    {
        var path = Path.Combine(Path.GetTempPath(), "shop-fill");
        await using var file = new FileStream(
            path, FileMode.Create, FileAccess.Write, FileShare.Read, 1, FileOptions.DeleteOnClose);
        var block = new byte[MiB];
        for (var written = 0; written < Math.Min(miB, DiskMiBMax); written++)
        {
            await file.WriteAsync(block, end);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, end);
    }
}
