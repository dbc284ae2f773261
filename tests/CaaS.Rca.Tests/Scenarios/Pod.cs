using System.Collections.Immutable;
using System.Globalization;
using CaaS.Signals;

namespace CaaS.Rca.Tests.Scenarios;

/// <summary>One made-up pod.</summary>
internal sealed class Pod(string name, int index, string service, string space, string node, EntityRef set, DateTimeOffset bornAt)
{
    public string Name { get; } = name;

    public int Index { get; } = index;

    public string Service { get; } = service;

    public string Space { get; } = space;

    public string Node { get; } = node;

    public EntityRef Set { get; } = set;

    public DateTimeOffset BornAt { get; } = bornAt;

    public bool IsReady { get; set; }

    public bool IsTerminating { get; set; }

    public bool IsGone { get; set; }

    public int Restarts { get; set; }

    public string Waiting { get; set; } = "";

    public string EndReason { get; set; } = "";

    public string ExitCode { get; set; } = "";

    public DateTimeOffset EndedAt { get; set; }

    public double Cores { get; set; } = 0.05;

    public double CpuSeconds { get; set; }

    /// <summary>Requests it serves in a second.</summary>
    public double Served { get; set; } = 20;

    /// <summary>Requests it makes of each callee in a second.</summary>
    public double Made { get; set; } = 1;

    /// <summary>Mean time to answer, seconds.</summary>
    public double Latency { get; set; } = 0.01;

    /// <summary>Share of them that fail; null for a service that does not tell.</summary>
    public double? FailedShare { get; set; }

    public double FailedTotal { get; set; }

    public double ServedTotal { get; set; }

    public double ServedSeconds { get; set; }

    public double MadeTotal { get; set; }

    public double Bytes { get; set; } = 90 * 1024 * 1024;

    public ImmutableSortedDictionary<string, string> Facts()
    {
        var facts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        facts[KubeFacts.Phase] = "Running";
        facts[KubeFacts.Ready] = IsReady ? "true" : "false";
        facts[KubeFacts.NodeName] = Node;
        facts[KubeFacts.CreatedAt] = BornAt.ToString("O", CultureInfo.InvariantCulture);
        facts[KubeFacts.MemoryLimitBytes] = "268435456";
        facts[KubeFacts.Restarts] = Restarts.ToString(CultureInfo.InvariantCulture);
        facts[KubeFacts.Terminating] = IsTerminating ? "true" : "false";
        facts[KubeFacts.WaitingReason] = Waiting;
        if (EndReason.Length > 0)
        {
            facts[KubeFacts.LastTerminationReason] = EndReason;
            facts[KubeFacts.LastExitCode] = ExitCode;
            facts[KubeFacts.LastTerminationTime] = EndedAt.ToString("O", CultureInfo.InvariantCulture);
        }

        return facts.ToImmutable();
    }
}
