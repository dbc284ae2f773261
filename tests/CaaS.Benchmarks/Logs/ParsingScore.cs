namespace CaaS.Benchmarks.Logs;

/// <summary>The four accuracies of log parsing of loghub-2.0.</summary>
/// <param name="Ga">Share of lines whose predicted group is exactly the group of their true template.</param>
/// <param name="Fga">Harmonic mean of the shares of predicted and of true groups that are right.</param>
/// <param name="Pa">Share of lines whose predicted template is the true one, letter by letter.</param>
/// <param name="Fta">Like <paramref name="Fga"/>, where a group is right only if its one true template is its
/// own.</param>
/// <remarks>
/// Jiang et al., "A Large-Scale Evaluation for Log Parsing Techniques", ISSTA 2024; definitions of GA: Zhu et al., ICSE
/// SEIP 2019; PA and FTA: Khan et al., ICSE 2022.
/// </remarks>
internal readonly record struct ParsingScore(double Ga, double Fga, double Pa, double Fta)
{
    /// <summary>Scores a parser.</summary>
    /// <param name="groups">Predicted group of each line: an id, or a template's text.</param>
    /// <param name="templates">Predicted template of each line, corrected.</param>
    /// <param name="truthGroups">True group of each line.</param>
    /// <param name="truthTemplates">True template of each line, corrected.</param>
    public static ParsingScore Of(string[] groups, string[] templates, string[] truthGroups, string[] truthTemplates)
    {
        int lines = 0;
        int right = 0;
        Dictionary<string, List<int>> predicted = Grouped(groups);
        Dictionary<string, List<int>> truth = Grouped(truthGroups);
        foreach (List<int> members in truth.Values)
        {
            string group = groups[members[0]];
            if (predicted[group].Count == members.Count && members.TrueForAll(line => groups[line] == group))
            {
                right++;
                lines += members.Count;
            }
        }
        int same = Enumerable.Range(0, templates.Length).Count(line => templates[line] == truthTemplates[line]);
        Dictionary<string, List<int>> written = Grouped(templates);
        int exact = written.Count(pair => pair.Value.TrueForAll(line => truthTemplates[line] == pair.Key));
        int truthCount = Grouped(truthTemplates).Count;
        return new ParsingScore(
            lines / (double)groups.Length,
            F(right, predicted.Count, truth.Count),
            same / (double)groups.Length,
            F(exact, written.Count, truthCount));
    }

    private static double F(int right, int predicted, int truth) => right == 0 ? 0 : 2.0 * right / (predicted + truth);

    private static Dictionary<string, List<int>> Grouped(string[] keys)
    {
        var groups = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int line = 0; line < keys.Length; line++)
        {
            if (!groups.TryGetValue(keys[line], out List<int>? members))
            {
                groups[keys[line]] = members = [];
            }
            members.Add(line);
        }
        return groups;
    }
}
