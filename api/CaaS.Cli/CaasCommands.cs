using System.CommandLine;

namespace CaaS.Cli;

/// <summary>The command line <c>caas</c>.</summary>
internal static class CaasCommands
{
    /// <summary>Puts the commands together.</summary>
    /// <param name="output">Where answers go.</param>
    /// <param name="errors">Where reasons go.</param>
    /// <returns>The root command.</returns>
    public static RootCommand Root(TextWriter output, TextWriter errors)
    {
        var run = new Run(output, errors);
        var root = new RootCommand(
            "CaaS from a terminal. Exit codes: 0 done; 1 refused, not found, or something is wrong; "
            + "2 server or file out of reach; 3 accepted, not answered yet.")
        {
            IncidentCommands.List(run),
            IncidentCommands.Incident(run),
            IncidentCommands.Acknowledge(run),
            IncidentCommands.Silence(run),
            OperationCommands.List(run),
            OperationCommands.Approve(run),
            OperationCommands.Reject(run),
            DocumentCommands.Make(run),
            BacktestCommand.Make(run),
            ForecastCommand.Make(run),
            TopologyCommand.Make(run),
            ModelCommands.Make(run),
            RecordingCommands.Record(run),
            RecordingCommands.Replay(run),
            DoctorCommand.Make(run),
        };
        run.AddOptions(root);
        return root;
    }
}
