using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CaaS.Alerting.Runtime.Store.Migrations;

/// <summary>What people say of incidents, and how useful a model holds an alert to be.</summary>
[DbContext(typeof(AlertingContext))]
[Migration("20261123000000_Feedback")]
internal sealed class Feedback : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<double>("Usefulness", "alr_alerts", nullable: true);
        migrationBuilder.CreateIndex("IX_alr_alerts_Usefulness", "alr_alerts", "Usefulness");
        migrationBuilder.CreateTable(
            "alr_feedback",
            table => new
            {
                IncidentId = table.Column<string>(),
                Actor = table.Column<string>(),
                AtMs = table.Column<long>(),
                Json = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("PK_alr_feedback", row => new { row.IncidentId, row.Actor }));
        migrationBuilder.CreateIndex("IX_alr_feedback_AtMs", "alr_feedback", "AtMs");
        migrationBuilder.CreateTable(
            "alr_examples",
            table => new
            {
                IncidentId = table.Column<string>(),
                OpenedAtMs = table.Column<long>(),
                Json = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("PK_alr_examples", row => row.IncidentId));
        migrationBuilder.CreateIndex("IX_alr_examples_OpenedAtMs", "alr_examples", "OpenedAtMs");
    }
}
