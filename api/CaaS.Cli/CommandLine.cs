using System.CommandLine;
using CaaS.Cli.Commands;

namespace CaaS.Cli;

/// <summary>All commands of <c>caas</c>.</summary>
internal static class CommandLine
{
    /// <summary>The command line.</summary>
    /// <returns>The root command.</returns>
    public static RootCommand Root()
    {
        var root = new RootCommand("""
            Incidents, operations and recordings of CaaS.
            Exit codes: 0 done, 1 refused or failed, 2 the server cannot be reached or does not know you.
            """);
        Connection.AddTo(root);
        root.Add(IncidentCommands.List());
        root.Add(IncidentCommands.Incident());
        root.Add(IncidentCommands.Acknowledge());
        root.Add(IncidentCommands.Silence());
        root.Add(OperationCommands.List());
        root.Add(OperationCommands.Approve());
        root.Add(OperationCommands.Reject());
        root.Add(RecordingCommands.Record());
        root.Add(RecordingCommands.Replay());
        root.Add(DoctorCommand.Doctor());
        return root;
    }
}
